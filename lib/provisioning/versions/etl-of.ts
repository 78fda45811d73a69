import { db, invalid } from '@/lib/core';
import { type EtlSpec, etlSpecSchema } from '@/lib/platform';
import type { DataProduct, ProductSource } from '@/lib/specs';

type Extract = EtlSpec['extract'];

/**
 * How the rows of a changed contract are made: its source where it names one, its fields' columns of that source,
 * its schedule; everything else as it is now, fixes of columns that are still there among it.
 * @throws AppError invalid when the source cannot be had
 */
export async function etlOf(descriptor: DataProduct, current: unknown): Promise<EtlSpec> {
  const parsed = etlSpecSchema.safeParse(current);
  if (!parsed.success) throw invalid('The product has no pipeline that a batch load can run.');
  const held = parsed.data;
  const { spec } = descriptor;
  const extract = await extractOf(spec.source, held.extract);
  const columns = spec.schema.map((field) => ({
    source: typeof field.sourceName === 'string' ? field.sourceName : field.name,
    field: field.name,
  }));
  await requireColumns(extract, columns);
  const schedule = (spec.processing?.type === 'etl' && spec.processing.schedule) || held.schedule;
  const names = new Set(spec.schema.map((field) => field.name));
  const steps = held.transform.steps.filter(({ column }) => names.has(column));
  return { ...held, extract, transform: { columns, steps }, schedule };
}

async function extractOf(source: ProductSource | undefined, held: Extract): Promise<Extract> {
  switch (source?.type) {
    case 'product': {
      const [productId] = await idsOf([source.product]);
      return { kind: 'product', productId: productId!, label: source.product };
    }
    case 'sql': {
      const named = Object.entries(source.inputs);
      const ids = await idsOf(named.map(([, product]) => product));
      const inputs = named.map(([alias, product], at) => ({ alias, productId: ids[at]!, product }));
      const label = `SQL over ${named.map(([, product]) => product).join(', ')}`;
      return { kind: 'sql', sql: source.sql, inputs, label };
    }
    default:
      if (held.kind === 'upload' || !source) return held;
      throw refused(
        'source',
        'A file cannot become the source of a product that has another one. Keep its source.',
      );
  }
}

const refused = (field: string, message: string) => invalid(message, { [field]: message });

async function idsOf(addresses: readonly string[]): Promise<string[]> {
  const rows = await db().product.findMany({
    where: { OR: addresses.map(whereAt), status: { in: ['production', 'deprecated'] } },
    select: { id: true, name: true, domain: { select: { name: true } } },
  });
  const ids = new Map(rows.map(({ id, name, domain }) => [`${domain.name}/${name}`, id]));
  return addresses.map((address) => {
    const id = ids.get(address);
    if (!id) throw refused('source', `${address} is not a live data product. Name another source.`);
    return id;
  });
}

function whereAt(address: string) {
  const [domain = '', name = ''] = address.split('/');
  return { name, domain: { name: domain } };
}

/** A column that an uploaded file does not have is refused now, not by the load. */
async function requireColumns(extract: Extract, columns: EtlSpec['transform']['columns']) {
  if (extract.kind !== 'upload') return;
  const upload = await db().upload.findUnique({ where: { id: extract.uploadId } });
  const profile = (upload?.profile ?? {}) as { columns?: { name: string }[] };
  if (!profile.columns) return;
  const known = new Set(profile.columns.map((one) => one.name));
  const missing = columns.find(({ source }) => !known.has(source));
  if (!missing) return;
  const { source, field } = missing;
  throw refused(
    'schema',
    `The uploaded file has no column "${source}" for the field "${field}". Say which one it is with sourceName; the file has ${[...known].slice(0, 20).join(', ')}.`,
  );
}
