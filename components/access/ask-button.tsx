'use client';

import { useRouter } from 'next/navigation';
import { addToCartAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useAction } from '@/components/ui/use-action';

/** Puts the product into the request that the person is gathering, and goes there. */
export function AskButton({ productId }: { productId: string }) {
  const router = useRouter();
  const { run, isPending, message } = useAction(addToCartAction, () => router.push('/access'));
  return (
    <div className="mt-3 grid justify-items-start gap-2">
      <Button variant="primary" loading={isPending} onClick={() => run({ productId })}>
        Ask for access
      </Button>
      {message && <Callout tone="error">{message}</Callout>}
    </div>
  );
}
