import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/lib/core';
import type { DigestEvent } from '../digest/send-digests';
import { type AlertEvent, portalUrl } from '../event';
import { unsubscribeUrls } from '../unsubscribe/token';
import { mailText } from './mail-text';
import type { MailEvent } from './queue-mail';

const TIMEOUTS = [
  ['dnsTimeout', 5000],
  ['connectionTimeout', 10_000],
  ['greetingTimeout', 10_000],
  ['socketTimeout', 15_000],
] as const;
const store = globalThis as { __portolanMail?: { url: string; transport: Transporter } };

function transport(): Transporter {
  const url = env().PORTOLAN_SMTP_URL;
  if (!url) throw new Error('no mail server is set (PORTOLAN_SMTP_URL)');
  if (store.__portolanMail?.url !== url) {
    const made = createTransport(withTimeouts(url), {
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    store.__portolanMail = { url, transport: made };
  }
  return store.__portolanMail.transport;
}

/** A server that hangs is given up before the lease of a delivery ends, so that nobody gets a message twice. */
function withTimeouts(raw: string): string {
  const url = new URL(raw);
  for (const [name, ms] of TIMEOUTS) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms));
  }
  return url.href;
}

/** An alert, a digest, or words of another module, to one person, as text and HTML, with the headers by which mail programs unsubscribe. */
export async function sendMail(
  to: { id: string; email: string },
  event: AlertEvent | DigestEvent | MailEvent,
): Promise<void> {
  const { page, oneClick } = await unsubscribeUrls(to.id, event);
  const settings =
    portalUrl() + ('mail' in event ? event.mail.settings : '/settings/notifications');
  await transport().sendMail({
    from: env().PORTOLAN_MAIL_FROM,
    to: to.email,
    // A line break in a title never becomes a header.
    subject: event.data.title.replace(/\s+/g, ' '),
    ...mailText(event, { settings, unsubscribe: page }),
    messageId: `<${event.id}.${Buffer.from(to.email).toString('hex').slice(0, 24)}@portolan>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': `<${oneClick}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  });
}
