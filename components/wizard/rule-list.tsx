'use client';

import { RuleDialog } from '@/components/quality/rule-dialog';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import type { DraftRule } from '@/lib/products/draft-data';
import { rulesFor } from '@/lib/products/merge-fields';
import { describeRule } from '@/lib/quality/compile';
import { Anchor, useWizard } from './wizard-context';

/** Rules that the profile suggests, each with its reason, and those that somebody added. */
export function RuleList() {
  const { data, update, errors, upload } = useWizard();
  const chosen = data.quality ?? [];
  const suggested =
    data.source?.kind === 'upload' && upload ? rulesFor(upload.suggestions, data.fields ?? []) : [];
  const names = new Set(suggested.map((rule) => rule.name));
  const all = [...suggested, ...chosen.filter((rule) => !names.has(rule.name))];
  const position = (rule: DraftRule) => chosen.findIndex((held) => held.name === rule.name);
  const toggle = (rule: DraftRule) =>
    update(({ quality = [] }) => ({
      quality: quality.some((held) => held.name === rule.name)
        ? quality.filter((held) => held.name !== rule.name)
        : [...quality, rule],
    }));
  return (
    <Anchor path="quality">
      <Card
        title="Quality rules"
        description="Checked on every snapshot; results are shown on the product's page."
        actions={
          <RuleDialog
            columns={data.fields ?? []}
            taken={chosen.map((rule) => rule.name)}
            onAdd={(rule) => {
              update(({ quality = [] }) => ({ quality: [...quality, { ...rule, reason: '' }] }));
              return null;
            }}
          />
        }
      >
        {all.length === 0 ? (
          <p className="text-base text-muted">
            No rule yet. Add one that a consumer would rely on, for instance that a key never
            repeats.
          </p>
        ) : (
          <ul className="grid gap-3 md:grid-cols-2">
            {all.map((rule) => {
              const at = position(rule);
              const shown = at === -1 ? rule : chosen[at]!;
              return (
                <li key={rule.name}>
                  <Anchor path={`quality.${at}`}>
                    <Checkbox
                      label={describeRule({ ...shown, column: shown.column ?? null })}
                      hint={hintOf(shown)}
                      checked={at !== -1}
                      onChange={() => toggle(rule)}
                    />
                    {ruleErrors(errors, at).map((message) => (
                      <FieldError key={message}>{message}</FieldError>
                    ))}
                  </Anchor>
                </li>
              );
            })}
          </ul>
        )}
      </Card>
    </Anchor>
  );
}

const hintOf = ({ reason, config }: DraftRule): string =>
  `${reason || 'Added by hand.'}${config.enforcement === 'warning' ? ' Only warns.' : ''}`;

function ruleErrors(errors: Record<string, string>, at: number): string[] {
  if (at === -1) return [];
  return Object.entries(errors).flatMap(([path, message]) =>
    path.startsWith(`quality.${at}.`) ? [message] : [],
  );
}
