'use client';

import { Button } from './button';
import { CopyButton } from './copy-button';

/** A secret that is shown this one time. */
export function ShownOnce({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-2 rounded-md border bg-sunken p-2.5">
        <code data-testid="secret" className="min-w-0 flex-1 font-mono text-sm break-all">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy it" />
      </div>
      <Button variant="primary" onClick={onDone} className="self-end">
        I have copied it
      </Button>
    </div>
  );
}
