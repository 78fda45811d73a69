import { createReadStream } from 'node:fs';

const MAX_BYTES = 256 * 1024 * 1024;
const [QUOTE, NEWLINE, RETURN] = Buffer.from('"\n\r');

export interface Ragged {
  count: number;
  firstLine: number;
  firstCells: number;
}

/**
 * Counts the records of a CSV that do not have `width` cells, in the first 256 MB. DuckDB can count them too
 * (`store_rejects`), but never ends, nor lets itself be interrupted, at a quoted text larger than its buffer.
 */
export async function countRagged(
  file: string,
  delimiter: string,
  width: number,
  signal?: AbortSignal,
): Promise<Ragged> {
  const counter = new RaggedCounter(delimiter.charCodeAt(0), width);
  const pieces = createReadStream(file, { end: MAX_BYTES, highWaterMark: 1 << 20, signal });
  for await (const chunk of pieces) counter.feed(chunk as Buffer);
  counter.endRecord();
  return counter.found;
}

class RaggedCounter {
  readonly found: Ragged = { count: 0, firstLine: 0, firstCells: 0 };
  private line = 1;
  private recordLine = 1;
  private cells = 1;
  private cellBytes = 0;
  private recordBytes = 0;
  private isQuoted = false;
  /** The byte before closed a quoted text: another quote means a quote inside it. */
  private wasQuoted = false;

  constructor(
    private readonly delimiter: number,
    private readonly width: number,
  ) {}

  feed(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte === NEWLINE) this.line += 1;
      if (this.isQuoted) {
        // A doubled quote closes and opens again, which counts the same.
        if (byte === QUOTE) {
          this.isQuoted = false;
          this.wasQuoted = true;
        }
      } else if (byte === NEWLINE) {
        this.endRecord();
        this.recordLine = this.line;
      } else if (byte === this.delimiter) {
        this.cells += 1;
        this.cellBytes = 0;
        this.wasQuoted = false;
        this.recordBytes += 1;
      } else if (byte !== RETURN) {
        if (byte === QUOTE && (this.cellBytes === 0 || this.wasQuoted)) this.isQuoted = true;
        this.wasQuoted = false;
        this.cellBytes += 1;
        this.recordBytes += 1;
      }
    }
  }

  endRecord(): void {
    const isBlank = this.recordBytes === 0;
    if (!isBlank && this.cells !== this.width && !this.isQuoted) {
      if (this.found.count === 0) {
        this.found.firstLine = this.recordLine;
        this.found.firstCells = this.cells;
      }
      this.found.count += 1;
    }
    this.cells = 1;
    this.cellBytes = 0;
    this.recordBytes = 0;
    this.wasQuoted = false;
  }
}
