import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/lib/core/errors';

const MAX_DEPTH = 64;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, NEWLINE] =
  Buffer.from('"\\{}[],\n');

/** One pass over the bytes of a JSON text: nesting, lines, and where its rows lie. */
class JsonScanner {
  depth = 0;
  line = 1;
  offset = 0;
  rows = 0;
  top = 0;
  lists: { start: number; end: number }[] = [];
  private inString = false;
  private isEscaped = false;
  private rowLine = 1;

  constructor(private readonly isLines: boolean) {}

  feed(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.inString = false;
        else if (byte === NEWLINE)
          throw this.error('a text is not closed before the end of the line');
      } else if (byte > 0x20) this.token(byte, this.offset + at);
      else if (byte === NEWLINE) this.newline();
    }
    this.offset += chunk.length;
  }

  end(): void {
    if (this.inString || this.depth > 0) {
      throw new AppError(
        'invalid',
        `The JSON ends before it is complete: what begins on line ${this.rowLine} is not closed. Upload the whole file.`,
        { line: this.rowLine },
      );
    }
  }

  private token(byte: number, at: number): void {
    if (this.depth === 0) this.startTop(byte);
    else if (this.depth === 1 && this.top === OPEN_LIST && !this.isLines) this.checkElement(byte);
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN || byte === OPEN_LIST) {
      if (this.depth === 1 && byte === OPEN_LIST) this.lists.push({ start: at, end: at });
      this.depth += 1;
      if (this.depth > MAX_DEPTH) {
        throw this.error(`the values are nested deeper than ${MAX_DEPTH} levels. Flatten them`);
      }
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      this.depth -= 1;
      const list = this.lists.at(-1);
      if (this.depth === 1 && byte === CLOSE_LIST && list) list.end = at + 1;
    }
  }

  private startTop(byte: number): void {
    this.rowLine = this.line;
    if (this.isLines) {
      this.rows += 1;
      if (byte !== OPEN) throw this.error('a row has to be an object like {"id": 1}');
    } else if (this.top !== 0) {
      throw this.error('more text follows after the end of the JSON');
    }
    this.top = byte;
  }

  private checkElement(byte: number): void {
    if (byte === COMMA || byte === CLOSE_LIST) return;
    this.rows += 1;
    if (byte !== OPEN) {
      throw this.error(`element ${this.rows} of the array is not an object like {"id": 1}`);
    }
  }

  private newline(): void {
    if (this.isLines && this.depth > 0) {
      throw this.error(
        'the object is not closed at the end of the line; NDJSON has one object per line',
      );
    }
    this.line += 1;
  }

  private error(what: string): AppError {
    return new AppError('invalid', `Line ${this.line}: ${what}.`, { line: this.line });
  }
}

/** Checks NDJSON for nesting and for one object per line. @throws AppError invalid that names the line */
export async function checkNdjson(file: string, signal?: AbortSignal): Promise<void> {
  await scan(file, new JsonScanner(true), signal);
}

/**
 * Makes a JSON document an array of objects: an object that holds exactly one array is replaced by that array, in
 * place, byte for byte.
 * @throws AppError invalid that says what else it is
 */
export async function normaliseJson(file: string, signal?: AbortSignal): Promise<void> {
  const found = await scan(file, new JsonScanner(false), signal);
  if (found.top === OPEN_LIST) {
    if (found.rows === 0)
      throw new AppError('invalid', 'The JSON array is empty. Upload one with rows.');
    return;
  }
  if (found.top !== OPEN) {
    throw new AppError('invalid', 'The JSON is a single value. Upload an array of objects.');
  }
  const [list, ...others] = found.lists;
  if (!list || others.length > 0) {
    throw new AppError(
      'invalid',
      `The JSON is an object with ${found.lists.length} arrays, and which holds the rows cannot be told. Upload an array of objects, or an object with exactly one array.`,
    );
  }
  const draft = `${file}.rows`;
  try {
    await pipeline(
      createReadStream(file, { start: list.start, end: list.end - 1 }),
      createWriteStream(draft, { mode: 0o600 }),
      { signal },
    );
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await normaliseJson(file, signal);
}

async function scan(
  file: string,
  scanner: JsonScanner,
  signal?: AbortSignal,
): Promise<JsonScanner> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    scanner.feed(chunk as Buffer);
  }
  scanner.end();
  return scanner;
}
