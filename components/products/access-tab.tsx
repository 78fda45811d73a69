import { AccessPanel } from '@/components/access/access-panel';
import { productAccess } from '@/lib/access';
import type { Ctx } from '@/lib/core';

export async function AccessTab({ ctx, productId }: { ctx: Ctx; productId: string }) {
  return <AccessPanel access={await productAccess(ctx, productId)} />;
}
