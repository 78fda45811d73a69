import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import type { Setting } from './settings';

interface SettingFieldsProps {
  settings: Setting[];
  texts: Record<string, string>;
  onChange: (texts: Record<string, string>) => void;
}

const HINTS: Partial<Record<Setting['kind'], string>> = {
  list: 'Separated by commas.',
  json: 'Written as JSON.',
};

/** A field for each setting of a check. */
export function SettingFields({ settings, texts, onChange }: SettingFieldsProps) {
  return settings.map((setting) => {
    const { key, label, kind, choices, isRequired } = setting;
    const value = texts[key] ?? '';
    const change = (text: string) => onChange({ ...texts, [key]: text });
    if (kind === 'flag') {
      return (
        <Checkbox
          key={key}
          label={label}
          checked={value === 'true'}
          onChange={(event) => change(event.target.checked ? 'true' : '')}
        />
      );
    }
    return (
      <Field key={key} label={label} hint={HINTS[kind]} optional={!isRequired}>
        {kind === 'choice' ? (
          <Select
            value={value}
            placeholder="As usual"
            onChange={(event) => change(event.target.value)}
            options={choices.map((choice) => ({
              value: choice,
              label: choice.replaceAll('_', ' '),
            }))}
          />
        ) : kind === 'long' || kind === 'json' ? (
          <Textarea
            rows={3}
            className="font-mono text-sm"
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        ) : (
          <Input
            inputMode={kind === 'number' ? 'decimal' : undefined}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
    );
  });
}
