import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Answer {
  status: number;
  body: string;
}

/** What a person's own curl gets, with the token as the documentation shows it. */
export async function curl(url: string, token: string, ...args: string[]): Promise<Answer> {
  const { stdout } = await run(
    'curl',
    [
      ...['-sS', '--noproxy', '*', '-w', '\n%{http_code}'],
      ...['-H', `Authorization: Bearer ${token}`, ...args, url],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}
