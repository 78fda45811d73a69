import { Callout } from '@/components/ui/callout';
import { RelativeTime } from '@/components/ui/relative-time';
import { type AnnouncementRow, productAnnouncements } from '@/lib/community';
import type { Ctx } from '@/lib/core';
import { EndButton } from './announce-dialog';
import { SaidName, SaidText } from './said';

const SHOWN = 3;
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** What is announced now, above each of the product's tabs. */
export async function AnnouncementsBanner({ ctx, productId }: { ctx: Ctx; productId: string }) {
  const { items, mayAnnounce } = await productAnnouncements(ctx, productId);
  if (items.length === 0) return null;
  return (
    <section aria-label="Announcements" className="mb-4 grid gap-3">
      {items.slice(0, SHOWN).map((row) => (
        <Announcement key={row.id} row={row} mayEnd={mayAnnounce} />
      ))}
    </section>
  );
}

function Announcement({ row, mayEnd }: { row: AnnouncementRow; mayEnd: boolean }) {
  return (
    <Callout
      title={<bdi className="wrap-anywhere">{row.title}</bdi>}
      actions={mayEnd && <EndButton announcementId={row.id} />}
    >
      {row.text && <SaidText text={row.text} />}
      <p className="mt-1 text-sm">
        <SaidName name={row.by} />, <RelativeTime at={row.createdAt} />. Shown until{' '}
        {DAY.format(new Date(row.until))}.
      </p>
    </Callout>
  );
}
