import { pool } from '@/lib/core';
import { encryptionRequired, refLabel } from '@/lib/governance';
import type { Classification } from '@/lib/specs';
import { defineMonitorRule, type MonitoredProduct } from '../rule';

interface Facts {
  /** Files of kept snapshots that lie open, and the first of them. */
  open: { count: number; files: { environment: string; snapshot: number; path: string }[] };
}

export const encryption = defineMonitorRule<Facts>({
  id: 'encryption',
  title: 'Files are encrypted where the policy asks for it',
  about: 'Every file of every kept snapshot, in every environment',
  frequency: 'hourly',
  level: 'error',
  regulations: ['gdpr', 'ccpa'],
  load,
  judge(product, { open }) {
    const { classification, policy } = product;
    if (open.count === 0 || !encryptionRequired(policy, classification)) return [];
    const rule = policy.classifications[classification as Classification]?.encryption;
    const source = rule ? refLabel(rule.from) : 'no policy says otherwise';
    return [
      {
        key: 'files',
        title: `Files of ${product.title} are not encrypted`,
        message: `${open.count} ${open.count === 1 ? 'file lies' : 'files lie'} open, and ${classification} data must be encrypted (${source}). Load the product again: new files are encrypted; then remove the old snapshots.`,
        evidence: open.files.map(({ environment, snapshot, path }) => ({
          Environment: environment,
          Snapshot: snapshot,
          File: path,
        })),
      },
    ];
  },
  examples: {
    pass: [{ facts: open(0) }, { classification: 'public', facts: open(2) }],
    fail: [{ facts: open(1) }, { classification: 'restricted', facts: open(3) }],
  },
});

function open(count: number): Facts {
  const file = { environment: 'production', snapshot: 1, path: 'product/production/part.parquet' };
  return { open: { count, files: count === 0 ? [] : [file] } };
}

const OPEN = `select * from (
    select s."productId", s.environment, s.number as snapshot, f.path,
      count(*) over (partition by s."productId")::int as total,
      row_number() over (partition by s."productId" order by s.number desc, f.path) as nth
    from snapshot s join snapshot_file f on f."snapshotId" = s.id
    where s."productId" = any($1) and s.status = 'ready' and f."wrappedKey" is null) x
  where nth <= 50 order by "productId", nth`;
interface Row {
  productId: string;
  environment: string;
  snapshot: number;
  path: string;
  total: number;
}

async function load(products: readonly MonitoredProduct[]) {
  const { rows } = await pool().query<Row>(OPEN, [products.map((one) => one.id)]);
  return new Map<string, Facts>(
    products.map(({ id }) => {
      const files = rows.filter((row) => row.productId === id);
      return [id, { open: { count: files[0]?.total ?? 0, files } }];
    }),
  );
}
