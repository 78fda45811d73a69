import { pool, sqlState, unavailable } from '@/lib/core';

/**
 * One process at a time changes a product's files and resources: a worker that was taken for dead and
 * comes back cannot work beside its successor. The lock dies with its connection; `work` gets a signal
 * that fires when that happens.
 */
export async function withProductLock<T>(
  productId: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = await pool().connect();
  const lost = new AbortController();
  let isBroken = false;
  const lose = () => {
    isBroken = true;
    lost.abort(unavailable('The connection to the database was lost. The step will be repeated.'));
  };
  client.on('error', lose);
  try {
    await client.query("set lock_timeout = '30s'");
    await client.query('select pg_advisory_lock(hashtextextended($1, 7))', [productId]);
    return await work(lost.signal);
  } catch (error) {
    if (sqlState(error) !== '55P03') throw error;
    throw unavailable('Another run is working on this product. It will be tried again.');
  } finally {
    client.off('error', lose);
    if (!isBroken) {
      await client
        .query('select pg_advisory_unlock_all()')
        .then(() => client.query('reset lock_timeout'))
        .catch(lose);
    }
    client.release(isBroken);
  }
}
