'use client';

import { Link2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

const HASH = /^#sql=(.+)$/;
const MAX_LINK = 8000;

/** A statement that came with the address. What stands behind the # never goes to a server, nor into its logs. */
export function statementOfHash(): string | null {
  try {
    const found = HASH.exec(window.location.hash)?.[1];
    return found ? decodeURIComponent(found) : null;
  } catch {
    return null;
  }
}

/** Puts the query into the address and copies it: a saved one by its id, any other with its text. */
export function LinkButton({ sql, savedId }: { sql: string; savedId: string | null }) {
  const toast = useToast();
  const hash = `#sql=${encodeURIComponent(sql)}`;
  const path = savedId ? `/workbench?query=${savedId}` : `/workbench${hash}`;
  async function copy() {
    if (path.length > MAX_LINK) {
      toast({ title: 'The statement is too long for a link. Save it first.', tone: 'warn' });
      return;
    }
    window.history.replaceState(null, '', path);
    await navigator.clipboard?.writeText(window.location.href);
    toast({ title: 'The link is in the address bar and copied', tone: 'ok' });
  }
  return (
    <Button size="sm" icon={<Link2 />} onClick={() => void copy()}>
      Link
    </Button>
  );
}
