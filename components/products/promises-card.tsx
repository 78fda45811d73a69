import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { linkOf } from '@/lib/interop/link';
import type { ProductPage } from '@/lib/serving';
import { OutsideLink, priceText } from './contract-promises';
import { tabHref } from './product-tabs';

/** Terms, support and price in short; the contract's own tab has all of it. */
export function PromisesCard({ page }: { page: ProductPage }) {
  const { terms, support, price } = page;
  const said = [
    ...(terms?.usage ? [{ label: 'Usage', value: terms.usage }] : []),
    ...(terms?.limitations ? [{ label: 'Limitations', value: terms.limitations }] : []),
    ...(terms?.definitions ?? []).map(({ type, url }) => ({
      label: type,
      value: <Address url={url}>{url}</Address>,
    })),
    ...(support.length > 0
      ? [
          {
            label: 'Support',
            value: support.map(({ channel, url }) => (
              <span key={channel} className="block">
                <Address url={url}>{channel}</Address>
              </span>
            )),
          },
        ]
      : []),
    ...(price ? [{ label: 'Price', value: priceText(price) }] : []),
  ];
  if (said.length === 0) return null;
  return (
    <Card
      title="Terms, support and price"
      actions={
        <Link className="link text-sm" href={tabHref(`${page.domain}/${page.name}`, 'contract')}>
          Contract
        </Link>
      }
    >
      <KeyValue items={said} />
    </Card>
  );
}

function Address({ url, children }: { url: string | undefined; children: string }) {
  const href = linkOf(url);
  return href ? <OutsideLink href={href}>{children}</OutsideLink> : children;
}
