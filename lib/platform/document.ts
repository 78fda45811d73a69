import { db, newId, type Tx, unavailable } from '@/lib/core';
import { checkDocumentAs, type DataPlatform, parseDocumentAs } from '@/lib/specs';

/**
 * The platform document in force. Templates name kinds (spec, "Data Product Template"); the document's
 * `satisfies` says which provider stands in for each: here one machine's DuckDB for Spark's batch work.
 * @throws unavailable when the portal has none
 */
export async function activePlatform(): Promise<DataPlatform> {
  const row = await db().platformDocument.findFirst({
    where: { isActive: true },
    orderBy: { version: 'desc' },
    select: { document: true },
  });
  if (!row) throw unavailable('The portal has no platform document. Run its first-run seed.');
  return documentOf(checkDocumentAs('DataPlatform', row.document));
}

/** Puts the platform document in force as version 1, unless there is one already. */
export async function seedPlatform(tx: Tx, yaml: string): Promise<void> {
  if ((await tx.platformDocument.count()) > 0) return;
  const document = documentOf(parseDocumentAs('DataPlatform', yaml));
  await tx.platformDocument.create({
    data: { id: newId(), version: 1, isActive: true, yaml, document: document as object },
  });
}

function documentOf(result: ReturnType<typeof checkDocumentAs<'DataPlatform'>>): DataPlatform {
  if (result.ok) return result.document;
  const [issue] = result.issues;
  throw unavailable(`The platform document is not valid at ${issue?.path}: ${issue?.message}`);
}
