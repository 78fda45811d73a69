import Link from 'next/link';
import { statusLook } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { type Ctx, can } from '@/lib/core';
import { productReadiness } from '@/lib/documentation';
import type { ProductPage } from '@/lib/serving';

/** What a product still lacks, for who operates it; nothing for everybody else. */
export async function ReadinessCard({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const isShown = can(ctx, 'product.operate', { domainId: page.domainId, ownerId: page.ownerId });
  if (!isShown || page.status === 'retired') return null;
  const { items, done } = await productReadiness(ctx, page.id);
  return (
    <Card
      title="Ready to publish"
      description={`${done} of ${items.length} done. The list stops nothing; gates and policies do.`}
    >
      <ul className="flex flex-col gap-3">
        {items.map(({ id, title, isDone, why, href }) => {
          const { icon: Icon, text } = isDone ? statusLook.ok : statusLook.warn;
          return (
            <li key={id} className="flex items-start gap-2.5">
              <Icon className={cn('mt-0.5 size-4.5 shrink-0', text)} aria-hidden />
              <div className="min-w-0">
                <p className="font-medium">
                  <span className="sr-only">{isDone ? 'Done: ' : 'Missing: '}</span>
                  {isDone ? (
                    title
                  ) : (
                    <Link href={href} className="link">
                      {title}
                    </Link>
                  )}
                </p>
                <p className="text-sm break-words text-muted">{why}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
