'use client';

import { FileCheck2, Upload as UploadIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { FieldError } from '@/components/ui/field';
import { Progress } from '@/components/ui/progress';
import { type UploadState, useUpload } from './use-upload';
import { Anchor, useWizard } from './wizard-context';
import { bytes } from './words';

const ACCEPT = '.csv,.tsv,.tab,.txt,.json,.ndjson,.jsonl,.parquet,.gz';

/** The drop zone, what is on its way, and what was found in the file. */
export function SourceUpload() {
  const wizard = useWizard();
  const { upload, data, errors } = wizard;
  const { state, send, cancel } = useUpload(wizard.draftId, {
    prepare: async () => {
      if (!(await wizard.flush())) return false;
      wizard.pause();
      return true;
    },
    onDone: ({ rev, data: saved, upload: received }) => {
      wizard.setUpload(received);
      const { source, fields, quality } = saved;
      wizard.resume({ rev, patch: { source, fields, quality } });
    },
    onFail: () => wizard.resume(),
  });
  const isBusy = state.kind === 'sending' || state.kind === 'checking';
  const isHere = upload !== null && data.source?.kind === 'upload';
  return (
    <Anchor path="source.uploadId">
      <Card title="File">
        <div className="flex flex-col gap-4">
          {isHere && !isBusy && <UploadedFile />}
          {isBusy ? (
            <InFlight state={state} onCancel={cancel} />
          ) : (
            <DropZone isSmall={isHere} onFile={send} />
          )}
          {state.kind === 'failed' && (
            <Callout tone="error" title={`${state.fileName} cannot be used`}>
              {state.message}
            </Callout>
          )}
          {errors['source.uploadId'] && <FieldError>{errors['source.uploadId']}</FieldError>}
        </div>
      </Card>
    </Anchor>
  );
}

function UploadedFile() {
  const { upload } = useWizard();
  if (!upload) return null;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2.5 text-base">
        <FileCheck2 className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden />
        <span className="min-w-0">
          <span className="font-medium break-words">{upload.fileName}</span>{' '}
          <span className="text-muted">
            {upload.format.toUpperCase()} · {bytes(upload.sizeBytes)} ·{' '}
            {upload.rowCount.toLocaleString('en')} rows · {upload.columns.length} columns
          </span>
        </span>
      </p>
      {upload.warnings.length > 0 && (
        <Callout tone="warn" title="Look at this">
          <ul className="list-disc pl-5">
            {upload.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Callout>
      )}
    </div>
  );
}

interface InFlightProps {
  state: Extract<UploadState, { kind: 'sending' | 'checking' }>;
  onCancel: () => void;
}

function InFlight({ state, onCancel }: InFlightProps) {
  return (
    <div className="flex flex-col gap-3">
      {state.kind === 'sending' ? (
        <Progress
          label={state.fileName}
          value={state.sent}
          max={state.total}
          detail={`${bytes(state.sent)} of ${bytes(state.total)}${state.bytesPerSecond > 0 ? `, ${bytes(Math.round(state.bytesPerSecond))}/s` : ''}`}
        />
      ) : (
        <p className="text-base text-muted" role="status">
          {state.fileName} has arrived. Reading it through: types, empty values, ranges…
        </p>
      )}
      <div>
        <Button size="sm" onClick={onCancel}>
          Cancel upload
        </Button>
      </div>
    </div>
  );
}

function DropZone({ isSmall, onFile }: { isSmall: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's way; the button inside is the keyboard's
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
      className={cn(
        'flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 text-center transition-colors',
        isSmall ? 'py-4' : 'py-10',
        isOver && 'border-accent bg-accent-soft',
      )}
    >
      <UploadIcon className="size-6 text-subtle" aria-hidden />
      <p className="text-base text-muted">
        {isSmall ? 'Drop another file here to replace it' : 'Drop a file here'}, or
      </p>
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
      <p className="text-sm text-subtle">CSV, TSV, JSON, NDJSON, Parquet; gzip too; up to 2 GB</p>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        className="sr-only"
        tabIndex={-1}
        aria-label="File to upload"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
