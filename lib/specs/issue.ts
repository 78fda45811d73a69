/** One thing wrong with a document. Line and column count from 1; both are 0 when there was no text. */
export interface SpecIssue {
  /** `spec.schema[0].type`; empty for the document itself. */
  path: string;
  line: number;
  column: number;
  message: string;
}

export type PathSegment = string | number;

export function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return text ? `${text}.${String(segment)}` : String(segment);
  }, '');
}

/** `Line 4, column 9, spec.owner: Missing. Add text.` */
export function formatIssue(issue: SpecIssue): string {
  const place = issue.line > 0 ? `Line ${issue.line}, column ${issue.column}` : '';
  const where = [place, issue.path].filter(Boolean).join(', ');
  return where ? `${where}: ${issue.message}` : issue.message;
}
