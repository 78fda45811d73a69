import { type ProbedAs, probeToken } from '@/lib/auth';
import { env } from '@/lib/core';

const TIMEOUT_MS = 10_000;
/** The status of what did not even answer. */
export const NO_ANSWER = 0;

interface Answer {
  status: number;
  latencyMs: number | null;
  error: string | null;
  requestId: string | null;
  /** What came, when it was an answer. */
  body: string;
}

/** The address that consumers use, so that a proxy in front is measured too. */
function portalOrigin(): string {
  const { PORTOLAN_PROBE_URL, PORTOLAN_URL, PORT } = env();
  return (PORTOLAN_PROBE_URL ?? PORTOLAN_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
}

/**
 * The first row of a product, read by the portal through the web process like anybody's. It never throws.
 * @param as in whose place; without it the portal reads as itself
 */
export async function askPortal(address: string, as?: ProbedAs): Promise<Answer> {
  const authorization = `Bearer ${await probeToken(address, as)}`;
  const startedAt = performance.now();
  try {
    const response = await fetch(portalOrigin() + address, {
      headers: { authorization, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await response.text();
    return {
      status: response.status,
      latencyMs: performance.now() - startedAt,
      error: response.ok ? null : titleOf(body),
      requestId: response.headers.get('x-request-id'),
      body,
    };
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'TimeoutError';
    return {
      // An answer that does not come is a gateway's timeout to whoever waits for it.
      status: isSlow ? 504 : NO_ANSWER,
      latencyMs: isSlow ? TIMEOUT_MS : null,
      error: isSlow ? `No answer within ${TIMEOUT_MS / 1000} s.` : reasonOf(error),
      requestId: null,
      body: '',
    };
  }
}

/** The problem's words; a page of HTML from something in between says nothing worth keeping. */
function titleOf(body: string): string | null {
  try {
    const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
    return String(detail ?? title ?? '').slice(0, 300) || null;
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message || cause.name : String(cause)).slice(0, 300);
}
