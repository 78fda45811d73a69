'use client';

import { useRouter } from 'next/navigation';
import { importContractAction } from '@/app/(portal)/products/drafts/[id]/actions';
import { DocumentDialog } from '@/components/interop/document-dialog';

/** Starts a draft from an outside document. */
export function ImportDialog() {
  const router = useRouter();
  return (
    <DocumentDialog
      title="Start from a document"
      description="An ODCS contract, an ODPS product or a DataProduct document, as YAML or JSON. Its fields fill the three screens; the rows come from a file, a product or a query as always."
      verb="Start draft"
      keptAt="beside the draft"
      onTake={async (document) => {
        const result = await importContractAction(document);
        if (!result.ok) return Object.values(result.fields ?? { text: result.message });
        router.push(`/products/drafts/${result.data.id}?step=1`);
        return [];
      }}
    />
  );
}
