import { DayBars } from '@/components/charts/day-bars';
import { insightHref } from '@/components/insight/scope-href';
import { Card } from '@/components/ui/card';
import type { Ctx } from '@/lib/core';
import { type ProductPage, productUsage } from '@/lib/serving';
import { countText } from './labels';
import { tabHref } from './product-tabs';

/** Reads of the last two weeks, counted from what was served. */
export async function UsageCard({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { days, reads, readers } = await productUsage(ctx, page.id);
  const people = `${countText(readers)} ${readers === 1 ? 'person' : 'people'}`;
  return (
    <Card
      title="Reads"
      actions={
        <a
          className="link text-sm"
          href={insightHref({ range: '30d', domain: page.domain, product: page.name })}
        >
          All figures
        </a>
      }
      description={
        reads === 0
          ? 'The last 14 days, counted from what was served'
          : `${countText(reads)} by ${people} in the last 14 days, counted from what was served`
      }
    >
      {reads === 0 ? (
        <p className="text-muted">
          Nobody has read it in the last 14 days.{' '}
          <a className="link" href={tabHref(`${page.domain}/${page.name}`, 'api')}>
            See how to read it
          </a>
        </p>
      ) : (
        <DayBars
          label="Reads a day"
          unit="reads"
          days={days.map((d) => ({ day: d.day, value: d.reads }))}
        />
      )}
    </Card>
  );
}
