import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { VersionRow } from '@/lib/provisioning/versions';
import { versionState } from './version-words';

interface CompareFormProps {
  address: string;
  versions: VersionRow[];
  from?: string;
  to?: string;
}

/** Any two versions side by side; the address holds the choice. */
export function CompareForm({ address, versions, from, to }: CompareFormProps) {
  const options = versions.map(({ id, version, status }) => ({
    value: id,
    label: `${version} (${versionState(status).text.toLowerCase()})`,
  }));
  return (
    <form
      action={`/products/${address}/versions/compare`}
      className="flex flex-wrap items-end gap-3"
    >
      <Field label="From version" className="min-w-44">
        <Select name="from" defaultValue={from ?? versions.at(-1)?.id} options={options} />
      </Field>
      <Field label="To version" className="min-w-44">
        <Select name="to" defaultValue={to ?? versions[0]?.id} options={options} />
      </Field>
      <Button type="submit">Compare</Button>
    </form>
  );
}
