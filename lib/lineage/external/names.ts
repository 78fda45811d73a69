import { publicOrigin } from '@/lib/core';

/** A dataset or job as OpenLineage names it. */
export interface Named {
  namespace: string;
  name: string;
}

/** The product of this portal that it is, if it is one. */
export interface Dataset extends Named {
  productId: string | null;
}

/** The name of a product as a dataset, which the export gives and events may use. */
export const datasetName = (address: string): Named => ({
  namespace: publicOrigin(),
  name: address,
});

/** `domain/name` when the dataset is a product of this portal. */
export const addressOf = ({ namespace, name }: Named): string | null =>
  namespace.replace(/\/$/, '') === publicOrigin() ? name : null;

export const keyOf = ({ namespace, name }: Named) => JSON.stringify([namespace, name]);
