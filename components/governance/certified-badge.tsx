import { Award } from 'lucide-react';
import { Badge } from '@/components/ui/badge';

const day = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
});

/** A steward's word, and until when it stands; nothing where there is none. */
export function CertifiedBadge({ until }: { until: string | null }) {
  if (!until) return null;
  return (
    <Badge
      tone="accent"
      icon={<Award aria-hidden />}
      title="A steward certified it. The product’s page says why."
    >
      Certified until {day.format(new Date(until))}
    </Badge>
  );
}
