import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Node as YamlNode,
} from 'yaml';
import { type PathSegment, printPath, type SpecIssue } from './issue';

const MAX_DOCUMENT_BYTES = 1_000_000;
const MAX_DEPTH = 40;
const MAX_NODES = 100_000;
const MAX_ISSUES = 50;
const FORBIDDEN_KEYS = new Set(['__proto__', '<<']);
const CORE_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

export type Locate = (path: readonly PathSegment[]) => { line: number; column: number };
export type YamlResult =
  | { ok: true; value: unknown; locate: Locate }
  | { ok: false; issues: SpecIssue[] };

/** Reads one YAML document into plain JSON values, refusing what JSON, Postgres or a reader could not hold. */
export function readYaml(text: string): YamlResult {
  const lines = new LineCounter();
  const fail = (offset: number, message: string, path = ''): YamlResult => ({
    ok: false,
    issues: [{ path, ...position(lines, offset), message }],
  });
  if (new TextEncoder().encode(text).length > MAX_DOCUMENT_BYTES) {
    return fail(0, 'The document is larger than 1 MB. Keep data in files and describe it here.');
  }
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  if (control >= 0) return fail(control, 'There is a control character here. Remove it.');
  const tooMuch = findExcess(tokens);
  if (tooMuch) return fail(tooMuch.offset, tooMuch.message);

  const composer = new Composer({ version: '1.2', uniqueKeys: false, resolveKnownTags: false });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const broken = [document, second].flatMap((one) => (one ? [...one.errors, ...one.warnings] : []));
  if (broken.length > 0) {
    const issues = broken.slice(0, MAX_ISSUES).map((error) => ({
      path: '',
      ...position(lines, error.pos[0]),
      message: `This is not valid YAML: ${error.message.replace(/\.$/, '')}.`,
    }));
    return { ok: false, issues };
  }
  if (second) {
    return fail(second.range[0], 'A second document starts here. Put one document in each file.');
  }
  if (!document?.contents || (isScalar(document.contents) && document.contents.value === null)) {
    return fail(0, 'The document is empty. Begin with apiVersion: v1, kind, metadata and spec.');
  }
  const reader = new ValueReader(lines);
  const value = reader.read(document.contents, []);
  if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
  return { ok: true, value, locate: locator(document, lines) };
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Depth and size, counted without recursion before anything recursive sees the tokens. */
function findExcess(tokens: CST.Token[]): { offset: number; message: string } | null {
  const stack: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  let count = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { token, depth } = next;
    count += 1;
    if (depth > MAX_DEPTH) {
      const message = `The document is nested more than ${MAX_DEPTH} levels deep here. Flatten it.`;
      return { offset: token.offset, message };
    }
    if (count > MAX_NODES) {
      return {
        offset: token.offset,
        message: `More than ${MAX_NODES} values. Split the document.`,
      };
    }
    if (token.type === 'document' && token.value) stack.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) stack.push({ token: item.key, depth: depth + 1 });
      if (item.value) stack.push({ token: item.value, depth: depth + 1 });
    }
  }
  return null;
}

/** Turns nodes into JSON values and collects what has no place in them. */
class ValueReader {
  readonly issues: SpecIssue[] = [];

  constructor(private readonly lines: LineCounter) {}

  read(node: unknown, path: PathSegment[]): unknown {
    if (this.issues.length >= MAX_ISSUES) return null;
    if (isAlias(node)) {
      return this.refuse(
        node,
        path,
        `The alias *${node.source} is not allowed. Write the value out`,
      );
    }
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.tag && !CORE_TAG.test(node.tag)) {
        return this.refuse(node, path, `The tag ${node.tag} is not allowed. Remove it`);
      }
    }
    if (isMap(node)) return this.readMap(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]));
    return isScalar(node) ? this.readScalar(node, path) : null;
  }

  private readMap(node: YamlNode & { items: unknown }, path: PathSegment[]): unknown {
    const result: Record<string, unknown> = {};
    if (!isMap(node)) return result;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') {
        const shown = isScalar(key) ? ` Write "${String(key.source ?? name)}" in quotes` : '';
        this.refuse(key ?? node, path, `Only text can be a key.${shown || ' Use a plain word'}`);
      } else if (FORBIDDEN_KEYS.has(name)) {
        this.refuse(
          key,
          [...path, name],
          'This key is not allowed. Write the fields out one by one',
        );
      } else if (!isStorable(name)) {
        this.refuse(key, path, 'A key holds a NUL or half a character. Remove it');
      } else if (Object.hasOwn(result, name)) {
        this.refuse(key, [...path, name], 'This key stands here twice. Remove one of them');
      } else {
        result[name] = this.read(value, [...path, name]);
      }
    }
    return result;
  }

  private readScalar(node: YamlNode & { value?: unknown }, path: PathSegment[]): unknown {
    const { value } = node;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        return this.refuse(
          node,
          path,
          'A number has to be finite. Write digits, or quote the text',
        );
      }
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        return this.refuse(
          node,
          path,
          'This number is too large to keep exactly. Put it in quotes',
        );
      }
      return value === 0 ? 0 : value;
    }
    if (typeof value === 'string' && !isStorable(value)) {
      return this.refuse(node, path, 'The text holds a NUL or half a character. Remove it');
    }
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  }

  private refuse(node: unknown, path: readonly PathSegment[], message: string): null {
    const offset = (node as { range?: [number, number, number] | null }).range?.[0] ?? 0;
    this.issues.push({
      path: printPath(path),
      ...position(this.lines, offset),
      message: `${message}.`,
    });
    return null;
  }
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Where a path stands in the text: a scalar's own place, a collection's key, or the nearest parent of what is missing. */
function locator(document: Document.Parsed, lines: LineCounter): Locate {
  return (path) => {
    let node: unknown = document.contents;
    let offset = document.contents?.range[0] ?? 0;
    for (const segment of path) {
      let child: unknown;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === segment);
        if (!pair) break;
        child = pair.value;
        offset = startOf(isScalar(child) && child.value !== null ? child : pair.key) ?? offset;
      } else if (isSeq(node) && typeof segment === 'number' && segment < node.items.length) {
        child = node.items[segment];
        offset = startOf(child) ?? offset;
      } else break;
      node = child;
    }
    return position(lines, offset);
  };
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0];
}
