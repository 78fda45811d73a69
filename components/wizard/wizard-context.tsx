'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { DraftData } from '@/lib/products/draft-data';
import type { TemplateCard } from '@/lib/products/template-queries';
import type { UploadView } from '@/lib/products/upload-view';
import type { DomainOption } from '@/lib/products/wizard-options';
import { anchorOf, type StepNumber } from './words';

export interface WizardState {
  draftId: string;
  data: DraftData;
  /** Which revision the server holds. */
  savedRev: number;
  update(change: Partial<DraftData> | ((data: DraftData) => Partial<DraftData>)): void;
  /** Messages of the last check, for the fields that were not touched since. */
  errors: Record<string, string>;
  templates: TemplateCard[];
  domains: DomainOption[];
  upload: UploadView | null;
  setUpload(upload: UploadView | null): void;
  /** Shows the screen of a field and puts the focus there. */
  goToField(path: string, step: StepNumber): void;
  /** Saves what is not saved yet. */
  flush(): Promise<boolean>;
  pause(): void;
  resume(change?: { rev: number; patch: Partial<DraftData> }): void;
}

const WizardContext = createContext<WizardState | null>(null);
export const WizardProvider = WizardContext;

export function useWizard(): WizardState {
  const state = useContext(WizardContext);
  if (!state) throw new Error('useWizard needs a WizardProvider');
  return state;
}

/** Where the summary's link to a field leads. */
export function Anchor({ path, children }: { path: string; children: ReactNode }) {
  return (
    <div id={anchorOf(path)} className="min-w-0 scroll-mt-24">
      {children}
    </div>
  );
}
