import { isAppError, unavailable } from '@/lib/core';
import { forgetSnapshots } from './relation';
import { forgetProduct, requireLive, resolveProduct, type ServedProduct } from './resolve';

/**
 * Files that are gone mean that the product was retired or its snapshot replaced between the decision
 * and the scan: what was cached is forgotten, and the answer says which of the two it was.
 */
export async function missing(
  error: unknown,
  product: ServedProduct,
  version?: string,
): Promise<unknown> {
  const text = error instanceof Error ? error.message : '';
  const isLost = /No such file|No files found|ENOENT/.test(text);
  if (!product.snapshot || !(isLost || (isAppError(error) && error.code === 'gone'))) return error;
  forgetProduct(product);
  forgetSnapshots(product.snapshot);
  return isLost ? whyLost(error, product, version).catch((told: unknown) => told) : error;
}

/** @throws AppError gone | unavailable | not_found when the product no longer serves rows */
async function whyLost(
  error: unknown,
  product: ServedProduct,
  version: string | undefined,
): Promise<unknown> {
  const served = requireLive(await resolveProduct(product.domain, product.name, version));
  if (served.id === product.snapshot?.id) return error;
  return unavailable('The rows were replaced by newer ones at this moment. Ask again.', {
    retryAfterS: 1,
  });
}
