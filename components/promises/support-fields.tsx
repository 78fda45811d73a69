import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import {
  type Channel,
  type ErrorOf,
  type Promises,
  replaced,
  said,
  scopeChoices,
  toolChoices,
} from './promises';

interface SupportFieldsProps {
  support: Promises['support'];
  errorOf?: ErrorOf;
  onChange: (support: Promises['support']) => void;
}

/** Where readers ask. */
export function SupportFields({ support = [], errorOf, onChange }: SupportFieldsProps) {
  const set = (at: number, channel: Channel | null) => {
    const next = replaced(support, at, channel);
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <div className="grid gap-4">
      {support.map((channel, at) => (
        <ChannelFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a channel's place is what it is edited by
          key={at}
          channel={channel}
          errorOf={(field) => errorOf?.(`support.${at}.${field}`)}
          onChange={(patch) => set(at, said({ ...channel, ...patch }) ?? { channel: '' })}
          onRemove={() => set(at, null)}
        />
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          disabled={support.length >= 20}
          onClick={() => onChange([...support, { channel: '' }])}
        >
          Add a channel
        </Button>
      </div>
    </div>
  );
}

interface ChannelFieldsProps {
  channel: Channel;
  errorOf: ErrorOf;
  onChange: (patch: Partial<Channel>) => void;
  onRemove: () => void;
}

function ChannelFields({ channel, errorOf, onChange, onRemove }: ChannelFieldsProps) {
  const { channel: name, url, tool, scope, description } = channel;
  return (
    <fieldset aria-label={name || 'Channel'} className="grid gap-3 rounded-md border p-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Channel" className="min-w-40 flex-1" error={errorOf('channel')}>
          <Input
            maxLength={200}
            placeholder="#orders-help"
            value={name ?? ''}
            onChange={(event) => onChange({ channel: event.target.value })}
          />
        </Field>
        <Field label="Address" optional className="min-w-48 flex-2" error={errorOf('url')}>
          <Input
            maxLength={2000}
            placeholder="https:// or mailto:"
            value={url ?? ''}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        </Field>
        <IconButton
          label={`Remove ${name || 'the channel'}`}
          icon={<Trash2 />}
          onClick={onRemove}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <Field label="Tool" optional className="min-w-32 flex-1">
          <Select
            placeholder="Not said"
            value={tool ?? ''}
            options={toolChoices(tool)}
            onChange={(event) => onChange({ tool: event.target.value })}
          />
        </Field>
        <Field label="For" optional className="min-w-32 flex-1">
          <Select
            placeholder="Not said"
            value={scope ?? ''}
            options={scopeChoices(scope)}
            onChange={(event) => onChange({ scope: event.target.value })}
          />
        </Field>
        <Field label="Note" optional className="min-w-48 flex-2">
          <Input
            maxLength={2000}
            value={description ?? ''}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Field>
      </div>
    </fieldset>
  );
}
