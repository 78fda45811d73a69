import type { StatusTone } from '@/components/ui/badge';

/** What each stage of a policy version is called, and how it looks. */
export const STAGES: Record<string, { label: string; tone: StatusTone }> = {
  draft: { label: 'Draft', tone: 'neutral' },
  grace: { label: 'In grace', tone: 'info' },
  enforced: { label: 'In force', tone: 'ok' },
  superseded: { label: 'Superseded', tone: 'neutral' },
  discarded: { label: 'Discarded', tone: 'neutral' },
};
