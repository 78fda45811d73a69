import { ApiError, type Problem } from '@/components/products/fetch-json';

/** A refusal as the API words it. */
export async function problemOf(response: Response): Promise<ApiError> {
  const { status, statusText } = response;
  const title = statusText || 'The server did not answer as expected';
  const fallback = { status, title, detail: '' };
  const problem = (await response.json().catch(() => fallback)) as Problem;
  return new ApiError({ ...fallback, ...problem });
}

export const postTo = (url: string, body: unknown, signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });

/** The lines of an NDJSON answer as they come. */
export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) yield JSON.parse(line) as T;
    if (done) break;
  }
  if (rest) yield JSON.parse(rest) as T;
}
