import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import type { Ctx } from '@/lib/core';
import { sloOverview } from '@/lib/slo';
import { percentText } from './slo-words';
import { StandingBadge } from './standing-badge';

interface ObjectivesCardProps {
  ctx: Ctx;
  productId: string;
  /** The product's SLO tab. */
  href: string;
  /** What the contract says, until the first minute is measured. */
  promised: { label: string; value: string | number | undefined }[];
}

/** A product's objectives in brief, for its overview. */
export async function ObjectivesCard({ ctx, productId, href, promised }: ObjectivesCardProps) {
  const { standing, objectives } = await sloOverview(ctx, productId);
  const said = promised.filter(({ value }) => value !== undefined);
  return (
    <Card
      title="Service level objectives"
      actions={objectives.length > 0 && <StandingBadge standing={standing} />}
      footer={
        objectives.length > 0 && (
          <Link className="link" href={href}>
            Budgets, history and alerts
          </Link>
        )
      }
    >
      {objectives.length > 0 ? (
        <KeyValue
          items={objectives.map(({ title, target, budget }) => ({
            label: title,
            value: (
              <span className="tabular">
                {budget.sli === null ? 'Not measured yet' : percentText(budget.sli)}
                <span className="block text-sm text-subtle">of {percentText(target)} promised</span>
              </span>
            ),
          }))}
        />
      ) : said.length === 0 ? (
        <p className="text-muted">This product promises no service level.</p>
      ) : (
        <KeyValue
          items={said.map(({ label, value }) => ({ label, value: String(value), mono: true }))}
        />
      )}
    </Card>
  );
}
