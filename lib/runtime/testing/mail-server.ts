import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** What arrived, in order. */
  mails: (ParsedMail & { rcpt: string[] })[];
  /** Sends away so many of those that come next. */
  refuse(count: number): void;
  stop(): Promise<void>;
}

/** A real SMTP server on a free port. @param keep takes each message before it is accepted */
export async function startMailServer(
  keep: (mail: MailServer['mails'][number]) => Promise<void> = async () => {},
): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      if (refusals > 0) {
        refusals -= 1;
        stream.resume();
        stream.on('end', () => done(new Error('try later')));
        return;
      }
      simpleParser(stream)
        .then(async (parsed) => {
          const rcpt = session.envelope.rcptTo.map((one) => one.address);
          const mail = Object.assign(parsed, { rcpt });
          await keep(mail);
          mails.push(mail);
        })
        .then(() => done(), done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
