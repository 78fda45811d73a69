import type { DigestEvent } from '../digest/send-digests';
import type { AlertEvent } from '../event';
import type { MailEvent } from './queue-mail';

export const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? '',
  );

interface Links {
  settings: string;
  unsubscribe: string;
}
interface Written {
  text: string;
  html: string;
}

const link = (url: string, words: string) => `<a href="${escapeHtml(url)}">${words}</a>`;

/** What one alert says, as text and as HTML. */
function alertText({ data: { title, body, url } }: AlertEvent): Written {
  const html = [
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    body && `<p>${escapeHtml(body).replaceAll('\n', '<br>')}</p>`,
    url && `<p>${link(url, 'Open it in Portolan')}</p>`,
  ];
  return {
    text: [title, body, url && `Open it: ${url}`].filter(Boolean).join('\n\n'),
    html: html.filter(Boolean).join('\n'),
  };
}

/** What a message says: one alert, a digest of several, or its own words. */
function partsOf(event: AlertEvent | DigestEvent | MailEvent): Written[] {
  if ('mail' in event) return [event.mail];
  return ('alerts' in event ? event.alerts : [event]).map(alertText);
}

/** A message with the way to get less. */
export function mailText(event: AlertEvent | DigestEvent | MailEvent, links: Links): Written {
  const parts = partsOf(event);
  const { settings, unsubscribe } = links;
  return {
    text: [
      parts.map(({ text }) => text).join('\n\n----\n\n'),
      `What you get by e-mail: ${settings}`,
      `Stop such messages: ${unsubscribe}`,
    ].join('\n\n'),
    html: [
      parts.map(({ html }) => html).join('\n<hr>\n'),
      `<p>${link(settings, 'What you get by e-mail')} · ${link(unsubscribe, 'Stop such messages')}</p>`,
    ].join('\n'),
  };
}
