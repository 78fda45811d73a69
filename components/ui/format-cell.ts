const numericType =
  /^(u?(tiny|small|big|huge)?int(eger|\d+)?\b|long|float|double|real|decimal|numeric|number)/i;

export function isNumericType(type: string | undefined): boolean {
  return type !== undefined && numericType.test(type);
}

interface CellText {
  text: string;
  isNull: boolean;
  isNumeric: boolean;
}

/** A data value as one line of text. Values are shown exactly, never rounded or regrouped. */
export function formatCell(value: unknown, type?: string): CellText {
  const isNumeric = typeof value === 'number' || typeof value === 'bigint' || isNumericType(type);
  if (value === null || value === undefined) return { text: 'null', isNull: true, isNumeric };
  return { text: toText(value), isNull: false, isNumeric };
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value === 'object') {
    return JSON.stringify(value, (_key, inner) =>
      typeof inner === 'bigint' ? inner.toString() : inner,
    );
  }
  return String(value);
}
