'use client';

import { type FormEvent, useState } from 'react';
import type { ApiError } from '@/components/products/fetch-json';
import { Button, ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

interface Refused {
  product: string;
  message: string;
  href?: string;
}

/** What went wrong, where, and what to do: mend the statement, ask for access, say what it is for. */
export function QueryError({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { line, column } = error.problem;
  const refused = (error.problem.refused ?? []) as Refused[];
  const purposes = error.problem.purposes as string[] | null | undefined;
  const asks = refused.filter((one) => one.href);
  const place =
    typeof line === 'number'
      ? `Line ${line}${typeof column === 'number' ? `, column ${column}` : ''}`
      : null;
  return (
    <div role="alert">
      <Callout
        tone="error"
        title={titleOf(error, place)}
        actions={asks.map(({ product, href }) => (
          <ButtonLink key={product} size="sm" href={href!}>
            Ask for {product}
          </ButtonLink>
        ))}
      >
        {refused.length > 1 ? (
          <ul className="list-disc pl-5">
            {refused.map(({ product, message }) => (
              <li key={product}>
                {product}: {message}
              </li>
            ))}
          </ul>
        ) : (
          <span className="break-words whitespace-pre-wrap">
            {error.message.replace(/^Line \d+(?:, column \d+)?: /, '')}
          </span>
        )}
        {purposes && <PurposeForm purposes={purposes} onDone={onRetry} />}
      </Callout>
    </div>
  );
}

function titleOf({ status }: ApiError, place: string | null): string {
  if (status === 403) return 'You may not read everything that this query reads';
  if (status === 404) return place ? `${place}: a product is not there` : 'A product is not there';
  if (status === 429 || status === 503) return 'Not now';
  return place ?? 'The query cannot run';
}

/** Kept until the browser is closed, and sent with what is read. */
function keepPurpose(purpose: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `portolan_purpose=${encodeURIComponent(purpose)}; path=/; SameSite=Lax`;
}

function PurposeForm({ purposes, onDone }: { purposes: string[]; onDone: () => void }) {
  const [isEmpty, setEmpty] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const purpose = textOf(new FormData(event.currentTarget), 'purpose').trim();
    setEmpty(!purpose);
    if (!purpose) return;
    keepPurpose(purpose);
    onDone();
  }
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-2">
      <Field
        label="What it is for"
        hint="Asked once; it is kept until you close the browser and written to the audit log."
        error={isEmpty ? 'Say what you read it for' : undefined}
        className="min-w-0 flex-1 basis-64"
      >
        {purposes.length > 0 ? (
          <Select name="purpose" options={purposes.map((value) => ({ value, label: value }))} />
        ) : (
          <Input name="purpose" maxLength={200} />
        )}
      </Field>
      <Button type="submit" variant="primary">
        State it and run
      </Button>
    </form>
  );
}
