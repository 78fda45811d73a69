import { Badge } from '@/components/ui/badge';
import { RadioCards } from '@/components/ui/choice';
import type { TemplateCard } from '@/lib/products/template-queries';

interface TemplateCardsProps {
  templates: TemplateCard[];
  value: string;
  onChange: (template: string) => void;
  error?: string;
}

/** Templates whose drivers are not all there are shown with the reason and cannot be chosen. */
export function TemplateCards({ templates, value, onChange, error }: TemplateCardsProps) {
  return (
    <RadioCards
      legend="Template"
      name="template"
      columns={3}
      required
      value={value}
      onValueChange={onChange}
      error={error}
      options={templates.map((template) => ({
        value: template.name,
        title: template.title,
        disabled: !template.isOffered,
        extra: template.isOffered ? undefined : <Badge>Not available</Badge>,
        description: template.isOffered ? (
          template.description
        ) : (
          <Unavailable template={template} />
        ),
      }))}
    />
  );
}

function Unavailable({ template }: { template: TemplateCard }) {
  const reasons = template.capabilities.flatMap((one) =>
    one.ok || !one.reason ? [] : [one.reason],
  );
  return (
    <>
      {template.description} <span className="text-ink">{[...new Set(reasons)].join(' ')}</span>
    </>
  );
}
