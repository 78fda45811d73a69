import { ApiError, type Problem } from '@/components/products/fetch-json';

/** @throws ApiError for every answer that is not 2xx */
export async function postJson<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return (await response.json()) as T;
  const { status, statusText } = response;
  const fallback = {
    status,
    title: statusText || 'The server did not answer as expected',
    detail: '',
  };
  const problem = (await response.json().catch(() => fallback)) as Problem;
  throw new ApiError({ ...fallback, ...problem });
}
