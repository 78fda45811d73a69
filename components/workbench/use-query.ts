import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { announceSuccess } from '@/components/insight/good-moment';
import { ApiError } from '@/components/products/fetch-json';
import type { QueryHead, QueryLine } from '@/lib/workbench';
import { postTo, problemOf, readLines } from './read-lines';

export const HISTORY_KEY = ['query-history'] as const;

export interface Result {
  /** The statement that it is of. */
  sql: string;
  isRunning: boolean;
  head: QueryHead | null;
  rows: unknown[][];
  end: Extract<QueryLine, { kind: 'end' }> | null;
  error: ApiError | null;
  isCancelled: boolean;
}

/** Runs one statement at a time; rows come as they are read. */
export function useQuery() {
  const [result, setResult] = useState<Result | null>(null);
  const running = useRef<AbortController | null>(null);
  const client = useQueryClient();

  async function run(sql: string) {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const begun = { sql, isRunning: true, head: null, rows: [], end: null };
    const state: Result = { ...begun, error: null, isCancelled: false };
    const show = (patch: Partial<Result>) => {
      Object.assign(state, patch);
      if (running.current === mine) setResult({ ...state });
    };
    show({});
    try {
      const response = await postTo('/api/v1/queries', { sql }, mine.signal);
      if (!response.ok || !response.body) throw await problemOf(response);
      for await (const line of readLines<QueryLine>(response.body)) take(line, state, show);
    } catch (error) {
      show(mine.signal.aborted ? { isCancelled: true } : { error: asApiError(error) });
    }
    show({ isRunning: false });
    void client.invalidateQueries({ queryKey: HISTORY_KEY });
  }
  return { result, run, cancel: () => running.current?.abort() };
}

function take(line: QueryLine, state: Result, show: (patch: Partial<Result>) => void): void {
  if (line.kind === 'head') show({ head: line });
  else if (line.kind === 'page') show({ rows: [...state.rows, ...line.rows] });
  else if (line.kind === 'end') {
    show({ end: line });
    announceSuccess();
  } else {
    const { code, detail, line: at, column } = line;
    const problem = { status: 400, title: 'The query failed', detail, code };
    show({ error: new ApiError({ ...problem, ...(at && { line: at, column }) }) });
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const title = 'The portal could not be reached';
  return new ApiError({ status: 0, title, detail: 'The connection broke. Run the query again.' });
}
