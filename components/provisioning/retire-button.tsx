'use client';

import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { retireProductAction } from '@/app/(portal)/runs/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/choice';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import type { RetirePreview } from '@/lib/provisioning';

async function fetchPreview(productId: string): Promise<RetirePreview> {
  const response = await fetch(`/api/v1/products/${encodeURIComponent(productId)}/retire-preview`);
  const body = (await response.json()) as RetirePreview & { detail?: string };
  if (response.ok) return body;
  throw Object.assign(new Error(body.detail ?? 'The preview could not be loaded.'), {
    status: response.status,
  });
}

/** Retires a product after showing what that destroys; `path` is `domain/name`. */
export function RetireButton({ productId, path }: { productId: string; path: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [isForced, setIsForced] = useState(false);
  const preview = useQuery({
    queryKey: ['retire-preview', productId],
    queryFn: () => fetchPreview(productId),
    enabled: isOpen,
    staleTime: 0,
  });
  const { data } = preview;

  async function retire() {
    const result = await retireProductAction({ productId, confirm: path, force: isForced });
    if (result.ok) router.push(`/runs/${result.data.runId}`);
    return result;
  }

  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" icon={<Trash2 aria-hidden />}>
          Retire
        </Button>
      }
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        setIsForced(false);
      }}
      title={`Retire ${path}?`}
      description="This cannot be taken back."
      effects={data ? effectsOf(data) : undefined}
      typeToConfirm={path}
      confirmLabel="Retire the product"
      onConfirm={retire}
    >
      {preview.isPending && <SkeletonRows rows={4} label="Working out what this destroys" />}
      {preview.isError && (
        <ErrorState message={preview.error.message} onRetry={() => void preview.refetch()} />
      )}
      {data?.obstacle && (
        <Callout tone="warn" title="Its last gate is closed">
          <p>{data.obstacle}</p>
          <Checkbox
            className="mt-2"
            label={
              data.readers.length > 0
                ? 'Retire it anyway: their next loads will fail'
                : 'Retire it anyway: whoever reads it is cut off'
            }
            checked={isForced}
            onChange={(event) => setIsForced(event.target.checked)}
          />
        </Callout>
      )}
    </ConfirmDialog>
  );
}

const numbers = new Intl.NumberFormat('en');
const count = (value: number, one: string, many = `${one}s`) =>
  `${numbers.format(value)} ${value === 1 ? one : many}`;

function effectsOf(preview: RetirePreview): string[] {
  const { files, sizeBytes, rows, snapshots, grants, hasEncryptedFiles } = preview;
  return [
    'Reading stops at once, for everybody.',
    `${count(files, 'file')} in ${count(snapshots, 'snapshot')} (${sizeOf(sizeBytes)}, ${count(rows, 'row')} live now) are deleted.`,
    ...(hasEncryptedFiles
      ? ['The keys of encrypted files are destroyed: copies of the files become unreadable.']
      : []),
    ...(grants > 0 ? [`${count(grants, 'grant')} ${grants === 1 ? 'is' : 'are'} revoked.`] : []),
    'The audit log and the history of runs are kept.',
  ];
}

function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
