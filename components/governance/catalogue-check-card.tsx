'use client';

import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { checkCatalogueAction } from '@/app/(portal)/governance/rules/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { useAction } from '@/components/ui/use-action';
import type { CatalogueCheck } from '@/lib/governance';

const count = (value: number) => value.toLocaleString('en-GB');

/** Judges every product now: how many break which rule. */
export function CatalogueCheckCard() {
  const [check, setCheck] = useState<CatalogueCheck | null>(null);
  const { run, isPending, message } = useAction(checkCatalogueAction, setCheck);
  return (
    <Card
      title="Products that break a rule now"
      description="Every product that is not retired, under the policies in force."
      actions={
        <Button icon={<ListChecks />} loading={isPending} onClick={() => run({})}>
          Check the catalogue
        </Button>
      }
    >
      <div aria-live="polite">
        {message && <Callout tone="error">{message}</Callout>}
        {check && (
          <p className="text-muted">
            {count(check.products)} {check.products === 1 ? 'product' : 'products'} checked;{' '}
            {check.rules.length === 0 ? 'none breaks a rule.' : 'by rule:'}
          </p>
        )}
        {check?.rules.map((rule) => (
          <details key={rule.ruleId} className="border-b py-2.5 last:border-0">
            <summary className="cursor-pointer">
              <code>{rule.ruleId}</code>{' '}
              <span className="text-sm text-muted">
                {count(rule.errors)} blocked, {count(rule.warnings)} warned, {count(rule.waived)}{' '}
                waived
              </span>
            </summary>
            <ul className="mt-2 flex list-disc flex-col gap-1 pl-6 text-sm">
              {rule.failing.map((one) => (
                <li key={`${one.domain}/${one.name} ${one.message}`}>
                  <Link href={`/products/${one.domain}/${one.name}`} className="link">
                    {one.title}
                  </Link>{' '}
                  <span className="text-muted">{one.message}</span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </Card>
  );
}
