import { type ErrorCode, isAppError } from '@/lib/core/errors';
import { placeAt } from '../analyse';
import type { WireInput } from '../protocol';
import type { FromChild, ToChild } from './protocol';

interface EngineError {
  exception_type: string;
  exception_message: string;
  position?: string;
  /** What DuckDB thinks was meant. */
  candidates?: string;
  name?: string;
}
type Failed = Extract<FromChild, { kind: 'failed' }>;

/** DuckDB's own words with the place in the statement, without the places of files on this machine. */
export function failureOf(
  error: unknown,
  { sql, limits }: Pick<Extract<ToChild, { kind: 'start' }>, 'sql' | 'limits'>,
  inputs: readonly WireInput[],
): Failed {
  if (isAppError(error)) {
    const { line, column } = error.details;
    return {
      ...{ kind: 'failed', code: error.code, message: error.message },
      ...(typeof line === 'number' && { line }),
      ...(typeof column === 'number' && { column }),
    };
  }
  const text = error instanceof Error ? error.message : String(error);
  const engine = engineErrorOf(text);
  let message = engine?.exception_message ?? text;
  for (const { name, files } of inputs) {
    for (const file of files) message = message.replaceAll(file.path, `"${name}"`);
  }
  if (
    /Out of Memory|could not allocate|failed to (?:pin|offload)/i.test(
      `${engine?.exception_type} ${message}`,
    )
  ) {
    message = `The query needs more than the ${limits.memoryMb} MB it may use. Aggregate or filter earlier, or select fewer columns.`;
  }
  const isLost = /No such file|No files found|ENOENT/.test(message);
  const code: ErrorCode = isLost ? 'unavailable' : 'invalid';
  if (isLost) message = 'The rows were replaced by newer ones at this moment. Run the query again.';
  const place = engine?.position === undefined ? undefined : placeAt(sql, engine.position);
  const where = place ? `Line ${place.line}, column ${place.column}: ` : '';
  return { kind: 'failed', code, message: `${where}${message}`, ...place };
}

/** Some messages have words before their JSON. */
function engineErrorOf(text: string): EngineError | null {
  const from = text.indexOf('{"exception_type"');
  if (from === -1) return null;
  try {
    return JSON.parse(text.slice(from)) as EngineError;
  } catch {
    return null;
  }
}
