import type { Capability } from '@/lib/platform';

/** What each capability is for, in the order a product is provisioned. */
export const CAPABILITY_WORDS: Record<Capability, { title: string; description: string }> = {
  storage: { title: 'Storage', description: 'Where a product’s rows are kept' },
  processing: { title: 'Processing', description: 'How they are loaded and shaped' },
  serving: { title: 'Serving', description: 'How consumers reach them' },
  governance: { title: 'Governance', description: 'How policies are attached and watched' },
};
