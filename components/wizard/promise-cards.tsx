'use client';

import { PriceFields } from '@/components/promises/price-fields';
import { SupportFields } from '@/components/promises/support-fields';
import { TermsFields } from '@/components/promises/terms-fields';
import { Card } from '@/components/ui/card';
import { Anchor, useWizard } from './wizard-context';

/** What the product promises beside its rows: terms of use, where to ask, what it costs. */
export function PromiseCards() {
  const { data, update, errors } = useWizard();
  const errorOf = (path: string) => errors[path];
  return (
    <>
      <Anchor path="terms">
        <Card
          title="Terms of use"
          description="Part of the contract. Readers have to agree to it when it changes later."
        >
          <TermsFields
            terms={data.terms}
            errorOf={errorOf}
            onChange={(terms) => update({ terms })}
          />
        </Card>
      </Anchor>
      <Anchor path="support">
        <Card title="Support" description="Where readers ask; the owner answers for it.">
          <SupportFields
            support={data.support}
            errorOf={errorOf}
            onChange={(support) => update({ support })}
          />
        </Card>
      </Anchor>
      <Anchor path="price">
        <Card title="Price" description="Shown in the contract; the portal charges nobody.">
          <PriceFields
            price={data.price}
            errorOf={errorOf}
            onChange={(price) => update({ price })}
          />
        </Card>
      </Anchor>
    </>
  );
}
