'use client';

import { CalendarX2 } from 'lucide-react';
import {
  deprecateProductAction,
  withdrawDeprecationAction,
} from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { ProductLifecycle } from '@/lib/release';

interface Props {
  productId: string;
  current: ProductLifecycle['deprecation'];
}

/** Says that the product will end, from when, and what takes its place. */
export function DeprecateDialog({ productId, current }: Props) {
  return (
    <FormDialog
      title={current ? 'Change the deprecation' : 'Deprecate this product?'}
      description="It serves on until you retire it. Holders of grants, recent readers and owners of products that read it are told now and again before the day; every answer carries the headers Deprecation and Sunset."
      trigger={
        <Button icon={<CalendarX2 aria-hidden />}>
          {current ? 'Change the deprecation' : 'Deprecate'}
        </Button>
      }
      submitLabel="Deprecate and tell consumers"
      send={(form) =>
        deprecateProductAction({
          ...{ productId, sunsetAt: textOf(form, 'sunsetAt') },
          ...{ successor: textOf(form, 'successor'), note: textOf(form, 'note') },
        })
      }
      done={({ told }) => ({
        title: 'The product is deprecated',
        description: told === 1 ? '1 consumer was told.' : `${told} consumers were told.`,
      })}
    >
      {(fields) => <DeprecateFields current={current} fields={fields} />}
    </FormDialog>
  );
}

interface FieldsProps extends Pick<Props, 'current'> {
  fields: Record<string, string>;
}
function DeprecateFields({ current, fields }: FieldsProps) {
  return (
    <>
      <Field
        label="Sunset"
        required
        hint="On this day it is retired by itself: it answers no more and its rows are destroyed."
        error={fields.sunsetAt}
      >
        <Input
          type="date"
          name="sunsetAt"
          required
          defaultValue={current?.sunsetAt?.slice(0, 10)}
        />
      </Field>
      <Field
        label="Successor"
        optional
        hint="What takes its place, as domain/name."
        error={fields.successor}
      >
        <Input
          name="successor"
          autoComplete="off"
          maxLength={200}
          defaultValue={current?.successor ?? ''}
        />
      </Field>
      <Field label="Why" optional error={fields.note}>
        <Textarea name="note" rows={3} maxLength={1000} defaultValue={current?.note} />
      </Field>
    </>
  );
}

export const WithdrawDialog = ({ productId }: { productId: string }) => (
  <ConfirmDialog
    trigger={<Button>Withdraw the deprecation</Button>}
    title="Withdraw the deprecation?"
    effects={['The product stays in production.', 'Consumers are told.']}
    confirmLabel="Withdraw"
    danger={false}
    onConfirm={() => withdrawDeprecationAction({ productId })}
  />
);
