/** The members of an RFC 9457 problem that the interface shows. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  code?: string;
  requestId?: string;
  [extension: string]: unknown;
}

/** A refusal or failure of the API; `status` decides whether react-query tries again. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
  }
}

/** @throws ApiError for every answer that is not 2xx */
export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
  if (response.ok) return (await response.json()) as T;
  const title = response.statusText || 'The server did not answer as expected';
  const fallback = { status: response.status, title, detail: '' };
  const problem = (await response.json().catch(() => fallback)) as Problem;
  throw new ApiError({ ...fallback, ...problem });
}
