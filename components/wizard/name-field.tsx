'use client';

import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Anchor, useWizard } from './wizard-context';

const SHAPE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The name in addresses, with a look at once whether it is free in the domain. */
export function NameField() {
  const { draftId, data, update, errors } = useWizard();
  const { domain, name = '' } = data;
  const asked = useDeferredValue(name);
  const isAskable = Boolean(domain) && asked.length > 1 && SHAPE.test(asked);
  const query = useQuery({
    queryKey: ['draft-name', draftId, domain, asked],
    queryFn: ({ signal }) =>
      fetchJson<{ isAvailable: boolean; message: string | null }>(
        `/api/v1/drafts/${draftId}/name?${new URLSearchParams({ domain: domain ?? '', name: asked })}`,
        signal,
      ),
    enabled: isAskable,
    staleTime: 5000,
  });
  const misshapen =
    name && !SHAPE.test(name)
      ? 'Use lower-case letters, digits and single hyphens, starting with a letter, for example customer-orders.'
      : null;
  const taken = isAskable && asked === name ? query.data?.message : null;
  const isFree = isAskable && asked === name && query.data?.isAvailable;
  return (
    <Anchor path="name">
      <Field
        label="Name"
        required
        hint={
          <span className="break-all">
            {domain && name
              ? `/products/${domain}/${name}`
              : 'Stands in addresses and cannot change later.'}
            {isFree && <span className="text-ok"> · free</span>}
          </span>
        }
        error={misshapen ?? taken ?? errors.name}
      >
        <Input
          className="font-mono"
          maxLength={63}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => update({ name: event.target.value })}
        />
      </Field>
    </Anchor>
  );
}
