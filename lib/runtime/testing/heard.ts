import { listen, newId, notify, transact } from '@/lib/core';

/** Resolves when this process has heard every change of a product that was told so far. */
export async function heard(): Promise<void> {
  const mark = newId();
  const told = Promise.withResolvers<void>();
  const stop = await listen('portolan_product', (id) => {
    if (id === mark) told.resolve();
  });
  await transact((tx) => notify(tx, 'portolan_product', mark));
  await told.promise;
  stop();
}
