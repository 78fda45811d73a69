import { slugSchema } from '@/lib/specs';

/** A name of elsewhere as a name for addresses: `Customer Orders` → `customer-orders`; undefined when nothing is left. */
export function slugOf(name: string | undefined): string | undefined {
  const slug = name
    ?.normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return slug && slugSchema.safeParse(slug).success ? slug : undefined;
}
