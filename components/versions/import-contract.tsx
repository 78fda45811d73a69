'use client';

import { useState } from 'react';
import { contractOntoAction } from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import { DocumentDialog } from '@/components/interop/document-dialog';
import type { TakenDocument } from '@/components/interop/use-document';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { ContractOnto } from '@/lib/interop';
import { FORMAT_NAMES } from '@/lib/interop/formats';

/** A document that stands in the editor, with what was said of it. */
export interface PutIn {
  document: TakenDocument;
  onto: ContractOnto;
}

interface ImportContractProps {
  productId: string;
  onPutIn: (putIn: PutIn) => void;
}

/** Puts an outside document into the editor as the product's next contract. */
export function ImportContract({ productId, onPutIn }: ImportContractProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DocumentDialog
      title="Import a contract"
      description="An ODCS contract, an ODPS product or a DataProduct document, as YAML or JSON. What it says is put into the form; nothing is proposed yet."
      verb="Put into the form"
      keptAt="with the version"
      open={isOpen}
      onOpenChange={setOpen}
      onTake={async (document) => {
        const result = await contractOntoAction({ productId, ...document });
        if (!result.ok) return Object.values(result.fields ?? { text: result.message });
        onPutIn({ document, onto: result.data });
        setOpen(false);
        return [];
      }}
    />
  );
}

/** What the text below comes from, until it is thrown away. */
export function PutInNote({ onto, onDrop }: { onto: ContractOnto; onDrop: () => void }) {
  const { format, version, notes } = onto;
  return (
    <Callout tone="info" title={`From a document: ${FORMAT_NAMES[format]} ${version}`}>
      <p>
        It is kept with the version that you propose. What has no place here stays in its exports.
      </p>
      {notes.length > 0 && (
        <ul className="mt-2 list-disc pl-5">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Button size="sm" className="mt-3" onClick={onDrop}>
        Go back to the contract in force
      </Button>
    </Callout>
  );
}
