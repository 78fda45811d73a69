'use client';

import { Plus, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  addRuleAction,
  suggestRulesAction,
} from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import type { RuleSuggestion } from '@/lib/quality';

/** Rules that the newest rows keep and nobody has written down; looked for when somebody asks. */
export function SuggestedRules({ productId }: { productId: string }) {
  const [found, setFound] = useState<RuleSuggestion[] | null>(null);
  const { run, isPending, message } = useAction(suggestRulesAction, ({ rules }) => setFound(rules));
  return (
    <Card
      title="Suggested rules"
      description="What the newest rows keep and no rule says yet. Looking reads all of them once or twice."
      actions={
        <Button
          size="sm"
          icon={<Search aria-hidden />}
          loading={isPending}
          onClick={() => run({ productId })}
        >
          {found ? 'Look again' : 'Look for rules'}
        </Button>
      }
    >
      <div aria-live="polite">
        <FormMessage message={message} />
        {found?.length === 0 && (
          <p className="text-muted">Nothing to suggest: the rules say what the rows keep.</p>
        )}
        {found && found.length > 0 && (
          <ul aria-label="Suggestions" className="divide-y">
            {found.map((rule) => (
              <Suggestion
                key={rule.name}
                productId={productId}
                rule={rule}
                onAdded={() => setFound(found.filter((one) => one !== rule))}
              />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

interface SuggestionProps {
  productId: string;
  rule: RuleSuggestion;
  onAdded: () => void;
}

function Suggestion({ productId, rule, onAdded }: SuggestionProps) {
  const router = useRouter();
  const toast = useToast();
  const { name, check, column, config, says, reason } = rule;
  const { run, isPending, message, fields } = useAction(addRuleAction, () => {
    toast({ title: 'Added', description: 'It counts from the next run on.', tone: 'ok' });
    onAdded();
    router.refresh();
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1 basis-60">
        <span className="block break-words">{says}</span>
        <span className="block text-sm break-words text-muted">{reason}</span>
        <FormMessage message={message ?? Object.values(fields)[0] ?? null} />
      </span>
      <Button
        size="sm"
        icon={<Plus aria-hidden />}
        aria-label={`Add: ${name}`}
        loading={isPending}
        onClick={() => run({ productId, name, check, column, config, reason })}
      >
        Add
      </Button>
    </li>
  );
}
