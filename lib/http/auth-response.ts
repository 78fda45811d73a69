const RATE_LIMITED = /[?&]error=RateLimited-(\d+)/;

/** next-auth answers every refused password with 401: too many attempts are a 429 that says when to come back. */
export async function withHonestStatus(response: Response): Promise<Response> {
  if (response.status !== 401) return response;
  const text = await response.text();
  const found = RATE_LIMITED.exec(`${text}${response.headers.get('location') ?? ''}`);
  const headers = new Headers(response.headers);
  if (found) headers.set('retry-after', found[1]!);
  return new Response(text, { status: found ? 429 : 401, headers });
}
