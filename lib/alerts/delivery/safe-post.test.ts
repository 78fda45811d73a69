import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backoffMs } from './deliver';
import { isPublic, parseWebhookUrl, safePost } from './safe-post';

describe('isPublic', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '172.16.5.5',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '224.0.0.1',
    'localhost',
    '',
  ])('refuses %s', (address) => expect(isPublic(address)).toBe(false));
  it.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('lets %s pass', (address) =>
    expect(isPublic(address)).toBe(true),
  );
});

describe('parseWebhookUrl', () => {
  it.each([
    ['nothing', /whole address/],
    ['http://example.com/x', /https/],
    ['file:///etc/passwd', /https/],
    ['https://user:pw@example.com/', /password/],
    ['https://127.0.0.1/', /public internet/],
    ['https://[::1]/', /public internet/],
    ['https://2130706433/', /public internet/],
    ['https://0x7f.1/', /public internet/],
  ])('%s', (url, message) => expect(() => parseWebhookUrl(url, false)).toThrow(message));
});

describe('safePost', () => {
  let server: http.Server;
  let port = 0;
  const hits: string[] = [];
  beforeAll(async () => {
    server = http.createServer((request, answer) => {
      hits.push(request.url ?? '');
      if (request.url === '/moved')
        answer.writeHead(302, { location: `http://127.0.0.1:${port}/ok` });
      else if (request.url === '/slow') return;
      else if (request.url === '/endless') {
        answer.writeHead(200);
        answer.write('x'.repeat(100_000));
        return;
      }
      answer.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const post = (path: string, options = {}) =>
    safePost(`http://localhost:${port}${path}`, '{}', {}, { allowPrivate: true, ...options });

  it('posts, follows no redirect and waits no longer than it may', async () => {
    expect(await post('/ok')).toEqual({ status: 200 });
    await expect(post('/moved')).rejects.toThrow('it answered 302');
    expect(hits).toEqual(['/ok', '/moved']);
    await expect(post('/slow', { timeoutMs: 50 })).rejects.toThrow('did not answer in time');
    expect(await post('/endless')).toEqual({ status: 200 });
  });
  it('asks what a name stands for, and connects to nothing private', async () => {
    const before = hits.length;
    const name = safePost(`https://localhost:${port}/`, '{}', {}, { allowPrivate: false });
    await expect(name).rejects.toThrow('localhost is not on the public internet');
    expect(hits.length).toBe(before);
  });
});

describe('backoffMs', () => {
  it('grows threefold up to six hours, spread by a quarter', () => {
    expect([1, 2, 3].map((n) => backoffMs(n, 0.5))).toEqual([10_000, 30_000, 90_000]);
    expect(backoffMs(10, 0.5)).toBe(6 * 3_600_000);
    expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([7500, 12_500]);
  });
});
