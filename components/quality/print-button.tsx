'use client';

import { Printer } from 'lucide-react';
import { Button } from '@/components/ui/button';

/** Opens the browser's print dialog, which also writes PDF. */
export function PrintButton() {
  return (
    <Button icon={<Printer aria-hidden />} onClick={() => window.print()} className="print:hidden">
      Print or save as PDF
    </Button>
  );
}
