import dynamic from 'next/dynamic';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import type { CheckedContract } from '@/lib/interop';
import { FORMAT_NAMES } from '@/lib/interop/formats';
import { FindingList } from './finding-list';

const YamlDiff = dynamic(() => import('@/components/governance/editor/yaml-diff'), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
});

interface DocumentCheckProps {
  checked: CheckedContract;
  keptAt: string;
  object: string;
  onObject: (object: string) => void;
}

/** What the check found, which table the product stands for, and the upgrade that is offered. */
export function DocumentCheck({ checked, keptAt, object, onObject }: DocumentCheckProps) {
  const { ok, format, version, findings, objects, upgrade } = checked;
  const errors = findings.filter(({ level }) => level === 'error').length;
  const name = format
    ? `${FORMAT_NAMES[format]} ${version ?? ''}`.trim()
    : 'a format not known here';
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <Callout
        tone={ok ? 'ok' : 'error'}
        title={
          ok
            ? `This is a valid ${name} document`
            : `${errors === 1 ? 'One fault keeps' : `${errors} faults keep`} this document out`
        }
      >
        {ok
          ? `It is kept whole ${keptAt}: what is not understood here comes back in every export.`
          : `It was read as ${name}.`}
      </Callout>
      {objects.length > 1 && (
        <Field
          label="Table"
          hint="A product stands for one table. The others stay in the contract; import it again for each."
        >
          <Select value={object} onChange={(event) => onObject(event.target.value)}>
            <option value="">The first with columns</option>
            {objects.map(({ name: one, columns }) => (
              <option key={one} value={one}>
                {one} ({columns === 1 ? '1 column' : `${columns} columns`})
              </option>
            ))}
          </Select>
        </Field>
      )}
      {findings.length > 0 && <FindingList findings={findings} />}
      {upgrade && (
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">
            {ok ? `It can be brought to ${upgrade.to}` : `It is valid as ${upgrade.to}`}
          </h3>
          <p className="text-muted">
            {ok
              ? 'Nothing is lost: fields that the newer version does not name move to custom properties.'
              : `The document declares ${version} but is written as ${upgrade.to}. Take the upgrade to correct the number.`}
          </p>
          <YamlDiff before={upgrade.before} after={upgrade.text} />
        </section>
      )}
    </div>
  );
}
