/** What a producer's Markdown may hold beside words: a mark on a line of its own, `{{schema}}`. */
export const GENERATED = ['schema', 'samples', 'quality', 'slo', 'lineage', 'changelog'] as const;
export type Generated = (typeof GENERATED)[number];

export const GENERATED_TITLES: Record<Generated, string> = {
  schema: 'Columns',
  samples: 'Sample rows',
  quality: 'Quality',
  slo: 'Service level objectives',
  lineage: 'Lineage',
  changelog: 'Changelog',
};

export type Part =
  | { kind: 'text'; text: string }
  /** `isAppended`: the text does not place it, so that it needs a heading of its own. */
  | { kind: 'generated'; name: Generated; isAppended: boolean }
  | { kind: 'example'; query: string };

export const MAX_EXAMPLES = 10;
const MARK = /^ {0,3}\{\{ *([a-z]+) *\}\} *$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;

const isGenerated = (name: string): name is Generated => GENERATED.some((one) => one === name);

interface Open {
  fence: string;
  /** The lines of a block marked `portolan`; null for every other block, which stays text. */
  example: string[] | null;
}

/**
 * A producer's Markdown as what it is made of. Marks inside code blocks are text; parts that are not placed come
 * last, in the standard order, when none is placed at all. Pure and linear.
 */
export function partsOf(markdown: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  const flush = () => {
    const text = lines.join('\n');
    if (text.trim() !== '') parts.push({ kind: 'text', text });
    lines = [];
  };
  let open: Open | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    if (open) {
      const isEnd = closes(line, open.fence);
      if (!open.example) lines.push(line);
      else if (!isEnd) open.example.push(line);
      if (!isEnd) continue;
      if (open.example) parts.push({ kind: 'example', query: queryOf(open.example) });
      open = null;
      continue;
    }
    const [, fence, info = ''] = FENCE.exec(line) ?? [];
    const name = MARK.exec(line)?.[1];
    if (fence) {
      const isExample = info.trim().split(/\s/)[0] === 'portolan';
      open = { fence, example: isExample ? [] : null };
      if (isExample) flush();
      else lines.push(line);
    } else if (name && isGenerated(name)) {
      flush();
      parts.push({ kind: 'generated', name, isAppended: false });
    } else lines.push(line);
  }
  // Markdown closes at its end what was left open.
  if (open?.example) parts.push({ kind: 'example', query: queryOf(open.example) });
  flush();
  if (parts.some(({ kind }) => kind === 'generated')) return parts;
  return [
    ...parts,
    ...GENERATED.map((name) => ({ kind: 'generated' as const, name, isAppended: true })),
  ];
}

function closes(line: string, fence: string): boolean {
  const text = line.trim();
  return text.length >= fence.length && text === fence[0]!.repeat(text.length);
}

/** A query may stand on several lines, a parameter each. */
const queryOf = (lines: readonly string[]) =>
  lines
    .map((line) => line.trim().replace(/^[?&]/, '').replace(/&$/, ''))
    .filter(Boolean)
    .join('&');

export const examplesIn = (markdown: string): string[] => [
  ...new Set(partsOf(markdown).flatMap((part) => (part.kind === 'example' ? [part.query] : []))),
];

/** Lines that look like a mark and are none: `{{schemas}}`. */
export function unknownMarks(markdown: string): string[] {
  const texts = partsOf(markdown).flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const names = texts.flatMap(outsideCode).flatMap((line) => MARK.exec(line)?.[1] ?? []);
  return [...new Set(names)];
}

function outsideCode(text: string): string[] {
  let fence: string | null = null;
  return text.split('\n').filter((line) => {
    if (fence) {
      if (closes(line, fence)) fence = null;
      return false;
    }
    fence = FENCE.exec(line)?.[1] ?? null;
    return fence === null;
  });
}

const MAX_ROWS = 10;

/** The query of an example as it is run: one short page, whatever it asks for. */
export function boundedQuery(query: string): string {
  const params = new URLSearchParams(query);
  for (const name of ['page', 'count', 'download', 'cells']) params.delete(name);
  const limit = params.get('limit');
  // What is no number is left for the read path to refuse in its own words.
  if (limit === null || Number(limit) > MAX_ROWS) params.set('limit', String(MAX_ROWS));
  return params.toString();
}

export const SAMPLE_QUERY = 'limit=5';
