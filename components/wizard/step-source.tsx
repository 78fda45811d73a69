'use client';

import { Boxes, FileUp, SquareTerminal } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { RadioCards } from '@/components/ui/choice';
import type { DraftSource } from '@/lib/products/draft-data';
import { RuleList } from './rule-list';
import { SchemaTable } from './schema-table';
import { SourceProductPicker } from './source-product';
import { SourceSql } from './source-sql';
import { SourceUpload } from './source-upload';
import { Anchor, useWizard } from './wizard-context';

const EMPTY: Record<DraftSource['kind'], DraftSource> = {
  upload: { kind: 'upload' },
  product: { kind: 'product' },
  sql: { kind: 'sql', sql: '', inputs: [] },
};

/** Screen 2: where the rows come from, what they look like, what must hold for them. */
export function StepSource() {
  const { data, update, errors, upload } = useWizard();
  const kind = data.source?.kind;
  const choose = (value: string) => {
    if (value === kind) return;
    const next = EMPTY[value as DraftSource['kind']];
    // A file that was uploaded before is still there to go back to.
    const source = next.kind === 'upload' && upload ? { ...next, uploadId: upload.id } : next;
    const fields = next.kind === 'upload' && upload ? upload.columns : [];
    update({ source, fields, quality: next.kind === 'upload' && upload ? upload.suggestions : [] });
  };
  return (
    <div className="flex flex-col gap-6">
      <Anchor path="source">
        <RadioCards
          legend="Where do the rows come from?"
          name="source"
          columns={3}
          required
          value={kind ?? ''}
          onValueChange={choose}
          error={kind ? null : errors.source}
          options={[
            {
              value: 'upload',
              title: 'A file',
              icon: <FileUp className="size-4" aria-hidden />,
              description: 'CSV, TSV, JSON, NDJSON or Parquet, also gzipped.',
            },
            {
              value: 'product',
              title: 'Another product',
              icon: <Boxes className="size-4" aria-hidden />,
              description: 'The rows of a data product that you may read.',
            },
            {
              value: 'sql',
              title: 'SQL over products',
              icon: <SquareTerminal className="size-4" aria-hidden />,
              description: 'One SELECT that joins and shapes several products.',
            },
          ]}
        />
      </Anchor>
      {kind === 'upload' && <SourceUpload />}
      {kind === 'product' && <SourceProductPicker />}
      {kind === 'sql' && <SourceSql />}
      {(data.fields?.length ?? 0) > 0 ? (
        <>
          <SchemaTable />
          <RuleList />
        </>
      ) : (
        kind && (
          <Anchor path="fields">
            <Card title="Schema">
              <p className="text-base text-muted">
                The columns appear here once the source is read.
              </p>
              {errors.fields && <p className="mt-2 text-sm text-error">{errors.fields}</p>}
            </Card>
          </Anchor>
        )
      )}
    </div>
  );
}
