'use client';

import { Download, PencilLine } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { DocumentationBody, type DocumentationBodyProps } from './documentation-body';
import { DocumentationEditor } from './documentation-editor';

interface DocumentationViewProps extends DocumentationBodyProps {
  productId: string;
  rev: number;
  canEdit: boolean;
  ownerName: string;
}

/** The documentation as it is read, and the way to its editor for who may write it. */
export function DocumentationView(props: DocumentationViewProps) {
  const { productId, rev, canEdit, ownerName, ...body } = props;
  const [isEditing, setEditing] = useState(false);
  if (isEditing) {
    const close = () => setEditing(false);
    return <DocumentationEditor productId={productId} rev={rev} onClose={close} {...body} />;
  }
  return (
    <Card
      title="Documentation"
      actions={
        <>
          <a
            className="link inline-flex items-center gap-1.5 py-1.5"
            href={`/api/v1/products/${body.address}/documentation.md`}
            download
          >
            <Download className="size-4" aria-hidden /> Markdown
          </a>
          {canEdit && (
            <Button size="sm" icon={<PencilLine />} onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
        </>
      }
    >
      {body.text.trim() === '' && (
        <EmptyState
          title="Nothing is written down yet"
          description={
            canEdit
              ? 'Say what the rows are, what they are good for and what they are not. The parts below are made by the portal.'
              : `The owner, ${ownerName}, can tell more. The parts below are made by the portal.`
          }
        />
      )}
      <DocumentationBody {...body} />
    </Card>
  );
}
