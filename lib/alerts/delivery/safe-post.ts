import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import ipaddr from 'ipaddr.js';
import { invalid } from '@/lib/core';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4096;

/** True for addresses of the public internet: never loopback, private, link-local, or a cloud's metadata. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/**
 * The address of a webhook, parsed.
 * @throws AppError invalid for another scheme, a password in it, or a host that is not public
 */
export function parseWebhookUrl(raw: string, allowPrivate: boolean): URL {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const refuse = (message: string) => invalid(message, { url: message });
  if (!url) throw refuse('Write a whole address, for example https://example.com/hook.');
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    throw refuse('Use an https address.');
  }
  if (url.username || url.password) {
    throw refuse('Leave name and password out of the address: requests are signed instead.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && ipaddr.isValid(host) && !isPublic(host)) {
    throw refuse('This address is not on the public internet.');
  }
  return url;
}

/**
 * The name's addresses, asked once and used for this very connection, so that a name cannot point elsewhere
 * between the check and the request (DNS rebinding).
 */
function publicLookup(allowPrivate: boolean): typeof dns.lookup {
  const lookup = (
    host: string,
    options: dns.LookupOptions,
    done: (error: Error | null, found: dns.LookupAddress[] | string, family?: number) => void,
  ) => {
    dns.lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const allowed = found.filter(({ address }) => allowPrivate || isPublic(address));
      const [first] = allowed;
      if (!first) return done(new Error(`${host} is not on the public internet`), []);
      if (options.all) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };
  return lookup as typeof dns.lookup;
}

/**
 * Posts JSON: no redirect is followed, ten seconds at most.
 * @throws Error with what went wrong, in words for the delivery's log
 */
export function safePost(
  raw: string,
  body: string,
  headers: Record<string, string>,
  options: { allowPrivate: boolean; timeoutMs?: number },
): Promise<{ status: number }> {
  const url = parseWebhookUrl(raw, options.allowPrivate);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup: publicLookup(options.allowPrivate),
        signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
        agent: false,
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        let seen = 0;
        answer.on('data', (chunk: Buffer) => {
          seen += chunk.length;
          if (seen > MAX_ANSWER_BYTES) answer.destroy();
        });
        answer.on('error', () => undefined);
        answer.on('close', () => {
          if (status >= 200 && status < 300) resolve({ status });
          else reject(new Error(`it answered ${status}`));
        });
      },
    );
    sent.on('error', (error) =>
      reject(
        error.name === 'TimeoutError' || error.name === 'AbortError'
          ? new Error('it did not answer in time')
          : error,
      ),
    );
    sent.end(body);
  });
}
