'use client';

import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import type { DraftData } from '@/lib/products/draft-data';
import type { RoleOption } from '@/lib/products/wizard-options';
import type { Permission } from '@/lib/specs/document';
import { useWizard } from './wizard-context';

type Access = NonNullable<DraftData['access']>;

/** Which roles of the domain the product is offered to, within what the policies in force allow. */
export function AccessRoles() {
  const { data, update, errors, domains } = useWizard();
  const domain = domains.find((one) => one.name === data.domain);
  const access = data.access ?? [];
  const known = domain?.roles ?? [];
  const strangers = access.filter(({ role }) => !known.some((one) => one.role === role));
  const toggle = (role: string, permission: Permission) =>
    update((draft) => ({ access: toggled(draft.access ?? [], role, permission) }));
  return (
    <Card
      title="Access"
      description="Roles of the domain. The owner always reads; everybody else needs a grant, which the owner gives on the product's page."
    >
      <ul className="flex flex-col gap-4">
        {known.map((option) => (
          <RoleRow
            key={option.role}
            option={option}
            held={access.find(({ role }) => role === option.role)?.permissions ?? []}
            classification={data.classification}
            onToggle={(permission) => toggle(option.role, permission)}
          />
        ))}
        {strangers.map(({ role, permissions }) => (
          <li key={role}>
            <Checkbox
              label={<span className="font-mono">{role}</span>}
              hint={`${permissions.join(', ')}. A role of this product only: people in it need a grant each.`}
              checked
              onChange={() => update({ access: access.filter((one) => one.role !== role) })}
            />
          </li>
        ))}
      </ul>
      {Object.entries(errors).map(
        ([path, message]) =>
          path.startsWith('access') && <FieldError key={path}>{message}</FieldError>,
      )}
    </Card>
  );
}

function toggled(access: Access, role: string, permission: Permission): Access {
  const held = access.find((one) => one.role === role)?.permissions ?? [];
  const permissions = held.includes(permission)
    ? held.filter((one) => one !== permission)
    : [...held, permission];
  const others = access.filter((one) => one.role !== role);
  return permissions.length > 0 ? [...others, { role, permissions }] : others;
}

interface RoleRowProps {
  option: RoleOption;
  held: readonly Permission[];
  classification: DraftData['classification'];
  onToggle: (permission: Permission) => void;
}

function RoleRow({ option, held, classification, onToggle }: RoleRowProps) {
  const mayReach = !classification || option.dataAccess.includes(classification);
  const shown = [...new Set([...option.permissions, ...held])];
  return (
    <li>
      <fieldset className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <legend className="sr-only">{option.role}</legend>
        <span className="w-full font-mono text-sm sm:w-40" aria-hidden>
          {option.role}
        </span>
        {shown.map((permission) => (
          <Checkbox
            key={permission}
            label={permission}
            checked={held.includes(permission)}
            disabled={!mayReach && !held.includes(permission)}
            onChange={() => onToggle(permission)}
          />
        ))}
        {!mayReach && (
          <span className="text-sm text-subtle">
            The policy keeps {classification} data from this role.
          </span>
        )}
      </fieldset>
    </li>
  );
}
