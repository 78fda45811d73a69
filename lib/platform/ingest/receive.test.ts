import { readdir, readFile, rm } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { detectFormat, receiveUpload } from '.';
import { safeFileName } from './receive';
import { MB, uploads } from './test-uploads';

const { dir, receive } = uploads();
beforeEach(() => rm(dir(), { recursive: true, force: true }));

describe('receiveUpload', () => {
  it('keeps a file and unpacks gzip, also in tiny pieces', async () => {
    const plain = await receive('a\n1\n', '../../etc/pa ss\0wd.csv');
    expect(plain).toMatchObject({ sizeBytes: 4, fileName: 'pa sswd.csv' });
    expect(await readFile(plain.path, 'utf8')).toBe('a\n1\n');
    const pieces = [...gzipSync('a\n1\n')].map((byte) => Buffer.from([byte]));
    const packed = await receiveUpload(Readable.from(pieces), {
      dir: dir(),
      maxBytes: MB,
      fileName: 'x.csv.gz',
    });
    expect(packed).toMatchObject({ sizeBytes: 4, sha256: plain.sha256, fileName: 'x.csv' });
  });

  it.each([
    ['a zip bomb', () => gzipSync(Buffer.alloc(60 * MB)), /zip bomb/],
    ['gzip beyond the bound', () => gzipSync(Buffer.alloc(15 * MB)), /unpacks to more than 1.0 MB/],
    ['a file beyond the bound', () => Buffer.alloc(2 * MB, 'x'), /larger than 1.0 MB/],
    ['cut gzip', () => gzipSync('a\n'.repeat(1000)).subarray(0, 20), /ends too early/],
    [
      'damaged gzip',
      () => Buffer.concat([gzipSync('a'.repeat(99)).subarray(0, 14), Buffer.alloc(40, 7)]),
      /damaged/,
    ],
    ['an empty file', () => Buffer.alloc(0), /empty/],
    ['gzip of nothing', () => gzipSync(''), /empty/],
  ])('refuses %s and leaves nothing', async (_name, make, message) => {
    const limit = message.source.includes('bomb') ? 64 * MB : MB;
    await expect(receive(make(), 'x.gz', limit)).rejects.toThrow(message);
    expect(await readdir(dir())).toEqual([]);
  });

  it('leaves nothing of a broken, short or aborted upload', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('a,b\n');
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(
      receiveUpload(broken, { dir: dir(), maxBytes: MB, fileName: 'x' }),
    ).rejects.toThrow(/broke off/);
    const short = receiveUpload(Readable.from([Buffer.from('a')]), {
      dir: dir(),
      maxBytes: MB,
      fileName: 'x',
      expectedBytes: 5,
    });
    await expect(short).rejects.toThrow(/broke off/);
    const abort = new AbortController();
    const endless = new PassThrough();
    endless.write('a');
    setTimeout(() => abort.abort(new Error('left')), 20);
    await expect(
      receiveUpload(endless, { dir: dir(), maxBytes: MB, fileName: 'x', signal: abort.signal }),
    ).rejects.toThrow('left');
    expect(await readdir(dir())).toEqual([]);
  });

  it.each([
    ['C:\\fakepath\\sales.csv', 'sales.csv'],
    ['/etc/passwd', 'passwd'],
    ['..', 'upload'],
    ['', 'upload'],
    ['a\u202Egpj.csv', 'agpj.csv'],
    ['<script>.csv', '_script_.csv'],
    [`${'x'.repeat(300)}.csv`, `${'x'.repeat(100)}.csv`],
    ['.htaccess', 'htaccess'],
    ['a\r\nb.csv', 'ab.csv'],
    ['\ud800.csv', '\ufffd.csv'],
  ])('makes %j the name %j', (raw, safe) => expect(safeFileName(raw)).toBe(safe));
});

describe('detectFormat', () => {
  it.each([
    ['a,b\n1,2\n', 'x.csv', 'csv'],
    ['a\tb\n1\t2\n', 'x.tsv', 'tsv'],
    ['a\tb\n1\t2\n', 'x.txt', 'tsv'],
    ['a;b\n1;2', '', 'csv'],
    ['[{"a":1}]', 'x.json', 'json'],
    [' \n[\n {"a":1}]', 'x', 'json'],
    ['{"a":1}\n{"a":2}\n', 'x', 'ndjson'],
    ['{"rows":[{"a":1}]}', 'x.json', 'json'],
    ['{\n "rows": [\n{"a":1}]}', 'x', 'json'],
    ['{"a":1}', 'x.jsonl', 'ndjson'],
    ['{"a":1}\r\n{"a":2}', 'x.json', 'ndjson'],
    ['\ufeffa,b\n1,2', 'x.csv', 'csv'],
  ])('%j named %j is %s', async (text, name, format) => {
    const upload = await receive(text, name);
    expect(await detectFormat(upload.path, name)).toBe(format);
  });

  const zip = (inner: string) =>
    Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(26), Buffer.from(inner)]);
  it.each<[string, Buffer | string, RegExp]>([
    ['x.xlsx', zip('[Content_Types].xml xl/workbook.xml'), /Excel.*CSV UTF-8/],
    ['x.docx', zip('[Content_Types].xml word/document.xml'), /Word/],
    ['x.zip', zip('data.csv'), /ZIP archive/],
    ['x.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Microsoft Office/],
    ['x.pdf', '%PDF-1.7', /PDF/],
    ['x.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /PNG/],
    ['x.csv', '<!DOCTYPE html><html>', /web page/],
    ['x.csv', '<?xml version="1.0"?><a/>', /XML/],
    ['x.7z', Buffer.from('377abcaf271c', 'hex'), /7-Zip/],
    ['x.zst', Buffer.from('28b52ffd00', 'hex'), /zstd/],
    ['x.gz', gzipSync(gzipSync('a\n1')), /twice/],
    ['x.parquet', 'a,b\n1,2', /named .parquet/],
    ['x.json', 'hello', /named .json/],
    ['x.ndjson', 'a,b\n', /first line/],
    ['x.parquet', 'PARE1234PARE', /encrypted Parquet/],
    ['x.csv', ' \n \n', /nothing but blanks/],
    ['x.db', 'SQLite format 3\0', /SQLite/],
  ])('refuses %s with words', async (name, bytes, message) => {
    const upload = await receive(bytes, name);
    await expect(detectFormat(upload.path, name)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });
});
