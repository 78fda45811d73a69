'use client';

import { Layers } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { stageProductAction } from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

interface Props {
  productId: string;
  /** The transformation, where the product is made by SQL. */
  sql: string | null;
  isLive: boolean;
}

/** Loads a candidate into staging, with another transformation if wanted. */
export function StageDialog({ productId, sql, isLive }: Props) {
  const router = useRouter();
  return (
    <FormDialog
      size="md"
      title="Load a candidate into staging"
      description={
        isLive
          ? 'It is loaded and tested beside production, which serves on untouched.'
          : 'Staging is loaded again from the source, and tested.'
      }
      trigger={
        <Button icon={<Layers aria-hidden />}>
          {isLive ? 'Stage a candidate' : 'Load staging again'}
        </Button>
      }
      submitLabel="Load and test"
      send={(form) =>
        stageProductAction({
          ...{ productId, publishes: form.has('publishes') },
          ...(sql !== null && { sql: textOf(form, 'sql') }),
        })
      }
      onDone={({ runId }) => router.push(`/runs/${runId}`)}
    >
      {(fields) => (
        <>
          {sql !== null && (
            <Field
              label="Transformation"
              hint="Production keeps its own until the candidate is promoted."
              error={fields.sql}
            >
              <Textarea name="sql" rows={8} className="font-mono text-sm" defaultValue={sql} />
            </Field>
          )}
          <Checkbox
            name="publishes"
            label="Promote it by itself when every gate passes"
            hint="Otherwise it waits in staging for you."
          />
        </>
      )}
    </FormDialog>
  );
}
