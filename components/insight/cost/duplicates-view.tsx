import { Download } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Tabs } from '@/components/ui/tabs';
import type { Duplicate } from '@/lib/insight';
import { costListHref } from './cost-href';
import { DuplicateList } from './duplicate-list';

interface DuplicatesViewProps {
  domain: string | undefined;
  isDismissed: boolean;
  duplicates: Duplicate[];
  page: number;
  hasMore: boolean;
}

/** Every pair of products that look alike, or those that somebody dismissed. */
export function DuplicatesView(props: DuplicatesViewProps) {
  const { domain = null, isDismissed, duplicates, page, hasMore } = props;
  const href = (dismissed: boolean, at: number | null = null) =>
    costListHref('duplicates', {
      domain,
      dismissed: dismissed ? 'true' : null,
      page: at === null ? null : String(at),
    });
  return (
    <>
      <PageHeader
        title="Products that look alike"
        description="The most alike first, a hundred at most. Columns are compared by name, type and glossary term; values by keyed samples where you may read the rows of both. Personal columns are left out."
        actions={
          <ButtonLink
            href={hrefWith(
              '/api/v1/insight/duplicates.csv',
              {},
              { domain, dismissed: isDismissed ? 'true' : null },
            )}
            icon={<Download />}
            prefetch={false}
          >
            CSV
          </ButtonLink>
        }
        crumbs={[{ label: 'Cost', href: '/insight/cost' }, { label: 'Products that look alike' }]}
      />
      <Tabs
        label="Which ones"
        className="mb-4"
        current={href(isDismissed)}
        items={[
          { href: href(false), label: 'Alike' },
          { href: href(true), label: 'Dismissed' },
        ]}
      />
      <div className="flex flex-col gap-4">
        <Card flush>
          <DuplicateList
            duplicates={duplicates}
            {...(isDismissed && { empty: 'None is dismissed' })}
          />
        </Card>
        <Pagination
          firstHref={page > 1 ? href(isDismissed) : null}
          nextHref={hasMore ? href(isDismissed, page + 1) : null}
        />
      </div>
    </>
  );
}
