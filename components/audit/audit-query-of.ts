import type { Query } from '@/components/ui/href';
import { AuditFilter } from '@/lib/audit';

interface Asked {
  filter: AuditFilter;
  after?: string;
  /** The row to show in full. */
  event?: string;
  problem?: string;
}

const FIELD_NAMES: Record<string, string> = { from: 'From', to: 'To', text: 'Text' };

/** What the address asks for. A filter that makes no sense is reported, not dropped. */
export function auditQueryOf(query: Query): Asked {
  const filled = Object.entries(query)
    .map(([name, value]) => [name, [value ?? ''].flat()[0] ?? ''] as const)
    .filter(([, value]) => value !== '');
  const { after, event, ...rest } = Object.fromEntries(filled);
  // Whoever looks for one actor or request finds it, a probe too.
  const probes = rest.actor || rest.requestId ? 'show' : 'hide';
  const parsed = AuditFilter.safeParse({ probes, ...rest });
  const asked = { ...(after && { after }), ...(event && { event }) };
  if (parsed.success) return { ...asked, filter: parsed.data };
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? '');
  return { ...asked, filter: {}, problem: `${FIELD_NAMES[field] ?? field}: ${issue?.message}` };
}
