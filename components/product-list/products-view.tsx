import { Package, PackagePlus, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { countText } from '@/components/products/labels';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import type { ProductListPage } from '@/lib/catalog';
import type { DraftSummary } from '@/lib/products/draft-queries';
import { DraftsTable } from './drafts-table';
import { ProductsTable } from './products-table';

const PATH = '/products';
export const PRODUCT_LIST_TABS = ['mine', 'domains', 'drafts'] as const;
export type ProductListTab = (typeof PRODUCT_LIST_TABS)[number];
const LABELS: Record<ProductListTab, string> = {
  mine: 'Mine',
  domains: 'My domains',
  drafts: 'Drafts',
};
const hrefOf = (tab: ProductListTab) => (tab === 'mine' ? PATH : `${PATH}?tab=${tab}`);

interface ProductsViewProps {
  tab: ProductListTab;
  page: ProductListPage;
  /** Only for the tab of drafts. */
  drafts: DraftSummary[];
  after: number;
  canCreate: boolean;
}

export function ProductsView({ tab, page, drafts, after, canCreate }: ProductsViewProps) {
  const tabs = PRODUCT_LIST_TABS.filter(
    (one) => one !== 'drafts' || canCreate || page.counts.drafts > 0,
  );
  return (
    <>
      <PageHeader
        title="Products"
        description="The data products you answer for, and those of the domains you belong to."
        actions={canCreate && <NewProduct />}
      />
      <Tabs
        label="Which products"
        items={tabs.map((one) => ({
          href: hrefOf(one),
          label: LABELS[one],
          count: countText(page.counts[one]),
        }))}
        current={hrefOf(tab)}
        className="mb-4"
      />
      {tab === 'drafts' ? (
        <Drafts drafts={drafts} canCreate={canCreate} />
      ) : (
        <Products tab={tab} page={page} after={after} canCreate={canCreate} />
      )}
    </>
  );
}

function NewProduct() {
  return (
    <ButtonLink href="/products/new" variant="primary" icon={<PackagePlus />}>
      New data product
    </ButtonLink>
  );
}

function Drafts({ drafts, canCreate }: { drafts: DraftSummary[]; canCreate: boolean }) {
  if (drafts.length > 0) {
    return (
      <Card flush>
        <DraftsTable drafts={drafts} />
      </Card>
    );
  }
  return (
    <Empty
      icon={<PencilLine />}
      title="No drafts"
      description="What you begin in the wizard is kept here until you submit it, also when you close the browser."
      action={canCreate && <NewProduct />}
    />
  );
}

type ProductsProps = Omit<ProductsViewProps, 'drafts'> & { tab: 'mine' | 'domains' };

function Products({ tab, page, after, canCreate }: ProductsProps) {
  if (page.products.length === 0 && after === 0) {
    return tab === 'mine' ? <NothingOwned canCreate={canCreate} /> : <NothingNear />;
  }
  const last = after + page.products.length;
  const query = tab === 'mine' ? {} : { tab };
  const { nextAfter } = page;
  return (
    <>
      <Card flush>
        <ProductsTable products={page.products} hasOwner={tab === 'domains'} />
      </Card>
      {(after > 0 || nextAfter !== null) && (
        <div className="mt-4">
          <Pagination
            label="Pages of products"
            firstHref={after > 0 ? hrefWith(PATH, query, {}) : null}
            nextHref={
              nextAfter === null ? null : hrefWith(PATH, query, { after: String(nextAfter) })
            }
            summary={
              page.products.length > 0
                ? `${countText(after + 1)}–${countText(last)} of ${countText(page.counts[tab])}`
                : 'Nothing here any more'
            }
          />
        </div>
      )}
    </>
  );
}

function NothingOwned({ canCreate }: { canCreate: boolean }) {
  return (
    <Empty
      icon={<Package />}
      title="You own no data product yet"
      description={
        canCreate
          ? 'Make one from a file, from another product or with SQL. It takes a few minutes.'
          : 'Making one needs the role data_producer in a domain; its data admins can give it to you.'
      }
      action={canCreate ? <NewProduct /> : <ButtonLink href="/domains">See the domains</ButtonLink>}
    />
  );
}

function NothingNear() {
  return (
    <Empty
      icon={<Package />}
      title="Nothing in your domains"
      description="Products of the domains you are a member of stand here. Everything else is in the catalogue."
      action={<ButtonLink href="/catalog">Open the catalogue</ButtonLink>}
    />
  );
}

interface EmptyProps {
  icon: ReactNode;
  title: string;
  description: string;
  action: ReactNode;
}

function Empty({ icon, title, description, action }: EmptyProps) {
  return (
    <Card>
      <EmptyState icon={icon} title={title} description={description} actions={action} />
    </Card>
  );
}
