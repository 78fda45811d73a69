'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { useToast } from '@/components/ui/toast';
import { postTo, problemOf } from './read-lines';
import { HISTORY_KEY } from './use-query';

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'parquet', label: 'Parquet' },
  { format: 'json', label: 'JSON' },
] as const;

interface DownloadMenuProps {
  sql: string;
  /** Why policy keeps the result here; null when it may be taken away. */
  refusal: string | null;
}

/** The query runs again, whole, and comes as a file. */
export function DownloadMenu({ sql, refusal }: DownloadMenuProps) {
  const toast = useToast();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  if (refusal !== null) {
    return (
      <p className="max-w-xs text-sm text-muted">This result cannot be downloaded. {refusal}</p>
    );
  }
  async function download(format: string) {
    setBusy(true);
    try {
      const response = await postTo('/api/v1/queries/download', { sql, format });
      if (!response.ok) throw await problemOf(response);
      save(await response.blob(), `query.${format}`);
    } catch (error) {
      const description = error instanceof Error ? error.message : undefined;
      toast({ title: 'The file was not made', tone: 'error', ...(description && { description }) });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: HISTORY_KEY });
    }
  }
  return (
    <DropdownMenu
      trigger={
        <Button size="sm" icon={<Download />} loading={isBusy}>
          Download
        </Button>
      }
      entries={FORMATS.map(({ format, label }) => ({
        ...{ label, onSelect: () => void download(format) },
      }))}
    />
  );
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
