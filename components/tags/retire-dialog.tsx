'use client';

import { useEffect, useState } from 'react';
import { previewTagMoveAction, retireTagAction } from '@/app/(portal)/governance/tags/actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import type { TagRow } from '@/lib/governance';
import { TagInput } from './tag-input';

export const productsText = (count: number): string =>
  count === 1 ? '1 product' : `${count} products`;

interface RetireDialogProps {
  tag: TagRow;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Takes a tag out of use, in favour of another or of none, after saying how many products that changes. */
export function RetireDialog({ tag, isOpen, onOpenChange }: RetireDialogProps) {
  const products = useProducts(tag.name, isOpen);
  const [chosen, setChosen] = useState<string[]>([]);
  const replacement = chosen[0] ?? null;
  const counted = products === null ? 'Its products' : productsText(products);
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={`Merge or retire “${tag.name}”?`}
      effects={
        replacement
          ? [
              `${counted} will carry “${replacement}” in its place.`,
              `Whoever writes “${tag.name}” gets “${replacement}”.`,
            ]
          : [`${counted} will have it no more.`, `“${tag.name}” cannot be written any more.`]
      }
      confirmLabel={replacement ? 'Merge' : 'Retire'}
      onConfirm={() => retireTagAction({ tag: tag.name, rev: tag.rev, replacement })}
      done={({ products: moved }) => `“${tag.name}” is retired; ${productsText(moved)} changed`}
    >
      <Field label="In favour of" optional hint="Another tag. Without it, the tag is taken away.">
        <TagInput tags={chosen} onChange={(tags) => setChosen(tags.slice(0, 1))} />
      </Field>
    </ConfirmDialog>
  );
}

/** How many products carry it, among them those that the steward may not find; asked when the dialog opens. */
function useProducts(tag: string, isOpen: boolean): number | null {
  const [products, setProducts] = useState<number | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    let isLeft = false;
    void previewTagMoveAction({ tag }).then((answer) => {
      if (!isLeft && answer.ok) setProducts(answer.data.products);
    });
    return () => {
      isLeft = true;
    };
  }, [tag, isOpen]);
  return products;
}
