import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startMailServer } from '@/lib/runtime/testing/mail-server';

interface Mail {
  to: string[];
  subject: string;
  text: string;
  html: string;
}

/** A mail server for the whole run; what arrives is kept in files, which every test worker can read. */
export async function startMails(): Promise<{
  url: string;
  folder: string;
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portolan-mails-'));
  let count = 0;
  const server = await startMailServer(async ({ rcpt, subject = '', text = '', html }) => {
    count += 1;
    const mail: Mail = { to: rcpt, subject, text, html: html || '' };
    await writeFile(
      path.join(folder, `${String(count).padStart(6, '0')}.json`),
      JSON.stringify(mail),
    );
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, folder, stop };
}

/** What somebody got, oldest first. */
export async function mailsTo(email: string): Promise<Mail[]> {
  const folder = process.env.PORTOLAN_E2E_MAILS;
  if (!folder)
    throw new Error('PORTOLAN_E2E_MAILS is not set: this portal sends no mail to tests.');
  const files = (await readdir(folder)).sort();
  const all = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return all.map((text) => JSON.parse(text) as Mail).filter(({ to }) => to.includes(email));
}
