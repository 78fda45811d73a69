import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/lib/core/errors';
import { headOf } from './detect';

const CHUNK = 1 << 20;
const NEWLINE = 0x0a;

/**
 * Makes a text file plain UTF-8 in place: the byte order mark goes, UTF-16 with a mark and windows-1252 are
 * converted, which the returned warnings say.
 * @throws AppError invalid for NUL bytes, naming the line
 */
export async function normaliseEncoding(file: string, signal?: AbortSignal): Promise<string[]> {
  const head = await headOf(file, 4);
  if (head[0] === 0xff && head[1] === 0xfe) return convert(file, 'utf-16le', 'UTF-16', signal);
  if (head[0] === 0xfe && head[1] === 0xff) return convert(file, 'utf-16be', 'UTF-16', signal);
  const found = await scan(file, signal);
  if (found.isUtf8) {
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    if (hasMark) await rewrite(file, 'utf-8', signal);
    return [];
  }
  return convert(file, 'windows-1252', `windows-1252 (line ${found.line} is not UTF-8)`, signal);
}

async function convert(file: string, encoding: string, label: string, signal?: AbortSignal) {
  await rewrite(file, encoding, signal);
  if (encoding !== 'windows-1252') await scan(file, signal);
  return [
    `The text was read as ${label} and converted to UTF-8. Check names with accents; if they look wrong, save the file as UTF-8 and upload it again.`,
  ];
}

/** Whether the whole file is UTF-8, and if not, the first line that is not. Refuses NUL bytes. */
async function scan(
  file: string,
  signal?: AbortSignal,
): Promise<{ isUtf8: boolean; line: number }> {
  let line = 1;
  let offset = 0;
  let rest = Buffer.alloc(0);
  let broken = 0;
  for await (const piece of createReadStream(file, { highWaterMark: CHUNK, signal })) {
    const chunk = piece as Buffer;
    const nul = chunk.indexOf(0);
    if (nul !== -1) throw nulError(line + newlines(chunk.subarray(0, nul)), offset + nul);
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const cut = wholeLength(bytes);
    if (broken === 0 && !isUtf8(bytes.subarray(0, cut))) broken = brokenLine(bytes, line);
    rest = Buffer.from(bytes.subarray(cut));
    line += newlines(chunk);
    offset += chunk.length;
  }
  if (broken === 0 && rest.length > 0) broken = line;
  return { isUtf8: broken === 0, line: broken };
}

/** Up to where a piece ends between characters: at most three bytes may belong to the next piece. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return width > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function brokenLine(bytes: Buffer, firstLine: number): number {
  let start = 0;
  for (let line = firstLine; start < bytes.length; line += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    const stop = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop + 1;
  }
  return firstLine;
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

async function rewrite(file: string, encoding: string, signal?: AbortSignal): Promise<void> {
  const draft = `${file}.utf8`;
  const decoder = new TextDecoder(encoding, { fatal: encoding.startsWith('utf-16') });
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: CHUNK }),
      async function* (source) {
        for await (const piece of source) yield decoder.decode(piece as Buffer, { stream: true });
        yield decoder.decode();
      },
      createWriteStream(draft, { mode: 0o600 }),
      { signal },
    );
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof TypeError) {
      throw new AppError(
        'invalid',
        'The file begins as UTF-16 but holds broken characters. Save it as UTF-8.',
      );
    }
    throw error;
  }
}

function nulError(line: number, offset: number): AppError {
  return new AppError(
    'invalid',
    `Line ${line} has a NUL byte (at byte ${offset}), so this is no plain text; it may be UTF-16 without a byte order mark, or a damaged file. Save it as UTF-8.`,
    { line, offset },
  );
}
