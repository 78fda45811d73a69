import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/lib/core';
import type { AlertEvent } from '../event';
import { portalUrl } from '../event';

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

const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? '',
  );

/** One alert to one person, as text and HTML. */
export async function sendMail(to: string, event: AlertEvent): Promise<void> {
  const { title, body, url } = event.data;
  const settings = `${portalUrl()}/settings/notifications`;
  const text = [title, body, url && `Open it: ${url}`, `What you get by e-mail: ${settings}`];
  const html = [
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    body && `<p>${escapeHtml(body)}</p>`,
    url && `<p><a href="${escapeHtml(url)}">Open it in Portolan</a></p>`,
    `<p><a href="${escapeHtml(settings)}">What you get by e-mail</a></p>`,
  ];
  await transport().sendMail({
    from: env().PORTOLAN_MAIL_FROM,
    to,
    // A line break in a title never becomes a header.
    subject: title.replace(/\s+/g, ' '),
    text: text.filter(Boolean).join('\n\n'),
    html: html.filter(Boolean).join('\n'),
    messageId: `<${event.id}.${Buffer.from(to).toString('hex').slice(0, 24)}@portolan>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}
