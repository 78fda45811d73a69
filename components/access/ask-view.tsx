import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { CartView } from '@/lib/access';
import { AccessTabs } from './access-tabs';
import { AskForm } from './ask-form';

/** One request for what was gathered: one purpose, one holder, one duration. */
export function AskView({ cart }: { cart: CartView }) {
  return (
    <>
      <PageHeader
        title="Ask for access"
        description="Gather products, say once what they are for, and see what policy says before you send it."
      />
      <AccessTabs current="/access" />
      {cart.products.length === 0 ? (
        <Card>
          <EmptyState
            title="Nothing is gathered yet"
            description="Open a product that you need and choose Ask for access on its Access tab. Several products go into one request."
            actions={<ButtonLink href="/catalog">Open the catalogue</ButtonLink>}
          />
        </Card>
      ) : (
        <AskForm cart={cart} />
      )}
    </>
  );
}
