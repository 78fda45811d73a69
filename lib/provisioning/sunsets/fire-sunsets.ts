import { raiseAlert } from '@/lib/alerts';
import { db, isAppError, log, now, pool, systemCtx, type Tx, transact } from '@/lib/core';
import { isHeld } from '@/lib/governance';
import { consumersOf } from '../consumers';
import { livingReaders } from '../living-readers';
import { retireProduct } from '../retire-product';
import { enqueueSunset, usersOfVersion } from '../versions/sunset';
import { daysTo, FIRST_REMINDER_DAYS, reminderAt } from './reminders';

/** An old version of a contract, or a whole product, whose end is near. */
interface Ending {
  kind: 'version' | 'product';
  id: string;
  productId: string;
  sunsetAt: Date;
  /** Of an old version. */
  version: string | null;
  isBlocked: boolean;
}

/** Sunsets that have come, and those that have reached a reminder that was not sent yet. */
const NEAR = `
  with near as (
    select 'version' as kind, v.id, v."productId", v."sunsetAt", v."sunsetReminder" as told, v.version
    from contract_version v where v.status = 'deprecated' and v."sunsetAt" <= $1::timestamptz + $2 * interval '1 day'
    union all
    select 'product', p.id, p.id, p."sunsetAt", p."sunsetReminder", null
    from product p where p.status = 'deprecated' and p."sunsetAt" <= $1::timestamptz + $2 * interval '1 day'),
  judged as (
    select n.*, exists (select 1 from legal_hold h
        where h."releasedAt" is null and (h."productId" = p.id or h."domainId" = p."domainId"))
      or (n.kind = 'product' and exists (select 1 from product_input i join product d on d.id = i."productId"
        where i."sourceId" = n.id and d.status not in ('draft', 'retired'))) as "isBlocked",
      case when n."sunsetAt" <= $1 then 0 when n."sunsetAt" <= $1::timestamptz + interval '1 day' then 1
        when n."sunsetAt" <= $1::timestamptz + interval '7 days' then 7 else 30 end as reminder
    from near n join product p on p.id = n."productId")
  select kind, id, "productId", "sunsetAt", version, "isBlocked" from judged
  where (reminder = 0 and not "isBlocked") or told is null or told > reminder
  order by "sunsetAt", id limit 200`;

/**
 * The one chore of every sunset. Those it concerns are told 30 days, 7 days and 1 day before; on the day an old version
 * or a product is taken down without anybody's act. What stands in the way, a legal hold or products that read it, is
 * told to the owner once, and the end comes when it is gone. Any number of workers may call it.
 * @returns how many sunsets were acted on
 */
export async function fireSunsets(): Promise<number> {
  const { rows } = await pool().query<Ending>(NEAR, [now(), FIRST_REMINDER_DAYS]);
  for (const ending of rows) {
    try {
      if (ending.isBlocked || ending.sunsetAt > now()) await tell(ending);
      else await end(ending);
    } catch (error) {
      // A run that is under way, or a hold of this moment: the next round looks again.
      if (!isAppError(error)) throw error;
      log().info({ product: ending.productId, reason: error.message }, 'a sunset waits');
    }
  }
  return rows.length;
}

async function end({ kind, id, productId }: Ending): Promise<void> {
  if (kind === 'version') return transact((tx) => enqueueSunset(tx, id));
  const { name, domain } = await productOf(productId);
  const confirm = `${domain.name}/${name}`;
  await retireProduct(systemCtx('sunset'), { productId, confirm });
}

const productOf = (id: string) =>
  db().product.findUniqueOrThrow({
    where: { id },
    select: {
      ...{ name: true, title: true, ownerId: true, domainId: true },
      domain: { select: { name: true } },
    },
  });

/** Once for each reminder: whoever moves the mark tells. */
async function tell(ending: Ending): Promise<void> {
  const { kind, id, productId, sunsetAt, version } = ending;
  const reminder = reminderAt(sunsetAt, now());
  if (reminder === null) return;
  const { name, title, ownerId, domainId, domain } = await productOf(productId);
  const address = `${domain.name}/${name}`;
  const isVersion = kind === 'version';
  const what = isVersion ? `Version ${version} of ${address}` : title;
  const words = reminder === 0 ? await waiting(ending, what) : await coming(ending, what);
  await transact(async (tx) => {
    if (!(await moveMark(tx, ending, reminder))) return;
    await raiseAlert(tx, {
      kind: isVersion ? 'contract.sunset' : 'product.deprecated',
      level: 'warning',
      ...{ title: words.title, body: words.body },
      href: `/products/${address}/${isVersion ? 'versions' : 'lifecycle'}`,
      to: { userIds: [ownerId, ...words.users] },
      ...{ productId, domainId },
      dedupeKey: `sunset:${id}:${sunsetAt.toISOString()}:${reminder}`,
      data: { product: address, version, sunset: sunsetAt.toISOString() },
    });
  });
}

async function moveMark(tx: Tx, { kind, id, sunsetAt }: Ending, to: number): Promise<boolean> {
  const isBehind = [{ sunsetReminder: null }, { sunsetReminder: { gt: to } }];
  const where = { id, sunsetAt, status: 'deprecated', OR: isBehind };
  const data = { sunsetReminder: to };
  const { count } =
    kind === 'version'
      ? await tx.contractVersion.updateMany({ where, data })
      : await tx.product.updateMany({ where, data });
  return count > 0;
}

interface Words {
  title: string;
  body: string;
  /** Beside the owner. */
  users: string[];
}

async function coming({ kind, id, productId, sunsetAt }: Ending, what: string): Promise<Words> {
  const isVersion = kind === 'version';
  return {
    title: `${what} ends ${daysTo(sunsetAt, now())}`,
    body: isVersion
      ? 'Whoever uses it moves to the version in force before that day.'
      : 'It answers no more from that day on, and its rows are destroyed.',
    users: isVersion ? await usersOfVersion(db(), id) : await consumersOf(productId),
  };
}

async function waiting({ kind, productId }: Ending, what: string): Promise<Words> {
  const readers = kind === 'product' ? await livingReaders(db(), productId) : [];
  const reasons = [
    (await isHeld(productId)) && 'It is under a legal hold.',
    readers.length > 0 && `It is read by ${readers.join(', ')}.`,
    'It is taken down by itself when nothing is in the way any more.',
  ];
  return {
    title: `The sunset of ${what} has come, and it cannot be taken down yet`,
    body: reasons.filter(Boolean).join(' '),
    users: [],
  };
}
