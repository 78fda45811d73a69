import { Checkbox } from '@/components/ui/choice';

const ROLES = [
  { value: 'steward', label: 'Steward', hint: 'Writes policies and reads the audit log.' },
  {
    value: 'platform_admin',
    label: 'Platform admin',
    hint: 'Manages people, domains, the platform.',
  },
] as const;

/** The chosen ones of a form that holds {@link PlatformRoleChoice}. */
export function platformRolesOf(form: FormData) {
  const chosen = form.getAll('platformRole');
  return ROLES.map(({ value }) => value).filter((value) => chosen.includes(value));
}

export function PlatformRoleChoice({ held = [] }: { held?: string[] }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Organisation-wide roles</legend>
      {ROLES.map(({ value, label, hint }) => (
        <Checkbox
          key={value}
          name="platformRole"
          value={value}
          label={label}
          hint={hint}
          defaultChecked={held.includes(value)}
        />
      ))}
    </fieldset>
  );
}
