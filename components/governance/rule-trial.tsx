'use client';

import { Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { dryRunRuleAction } from '@/app/(portal)/governance/rules/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { useAction } from '@/components/ui/use-action';
import type { CatalogueFact, DryRun } from '@/lib/governance';

const CelEditor = dynamic(() => import('./editor/cel-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
});

const START = 'columns.all(c, c.description != "")';
const EXAMPLES = `pass:
  - columns: [{ name: id, description: The number }]
fail:
  - columns: [{ name: id }]`;

/** A rule of one's own: written, judged by its examples, and tried on the live catalogue before it is put anywhere. */
export function RuleTrial({ facts }: { facts: CatalogueFact[] }) {
  const [expression, setExpression] = useState(START);
  const [id, setId] = useState('described-columns');
  const [title, setTitle] = useState('Every column is described');
  const [level, setLevel] = useState<'warning' | 'error'>('warning');
  const [text, setText] = useState('Describe every column.');
  const [examples, setExamples] = useState(EXAMPLES);
  const [result, setResult] = useState<DryRun | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const { run, isPending, message, fields } = useAction(dryRunRuleAction, setResult);

  async function start() {
    const { parse } = await import('yaml');
    try {
      const parsed: unknown = examples.trim() ? parse(examples) : undefined;
      setBroken(null);
      run({
        rule: {
          id,
          title,
          level,
          expression,
          message: text,
          ...(parsed ? { examples: parsed as { pass?: []; fail?: [] } } : {}),
        },
      });
    } catch (error) {
      setBroken(error instanceof Error ? error.message : 'The examples are not YAML.');
    }
  }
  return (
    <Card
      title="Try a rule"
      description="On every product you govern. Nothing is kept and nothing is stopped."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Id" required error={fields['rule.id']}>
          <Input value={id} onChange={(event) => setId(event.target.value)} />
        </Field>
        <Field label="When broken">
          <Select
            value={level}
            onChange={(event) => setLevel(event.target.value === 'error' ? 'error' : 'warning')}
            options={[
              { value: 'warning', label: 'It warns' },
              { value: 'error', label: 'It blocks' },
            ]}
          />
        </Field>
        <Field label="Title" required error={fields['rule.title']} className="sm:col-span-2">
          <Input value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <div className="sm:col-span-2">
          <p className="mb-1 text-sm font-medium">Holds when (CEL)</p>
          <CelEditor value={expression} onChange={setExpression} facts={facts} />
        </div>
        <Field
          label="Message"
          required
          hint="What is wrong and what to do"
          error={fields['rule.message']}
        >
          <Textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Field label="Examples" hint="YAML: products that pass and products that fail">
          <Textarea
            rows={5}
            className="font-mono text-sm"
            value={examples}
            onChange={(event) => setExamples(event.target.value)}
          />
        </Field>
      </div>
      <div className="mt-4 flex flex-col gap-4" aria-live="polite">
        <Button
          variant="primary"
          icon={<Play />}
          className="self-start"
          loading={isPending}
          onClick={() => void start()}
        >
          Dry run
        </Button>
        {(broken ?? message) && <Callout tone="error">{broken ?? message}</Callout>}
        {result && <Result result={result} />}
        {result?.problems.every((one) => one.severity === 'warning') && (
          <div>
            <p className="mb-2 text-muted">
              To put it in force, add it to a policy below <code>spec.validation_rules</code>:
            </p>
            <CodeBlock
              samples={{
                label: 'YAML',
                code: entryOf({ id, title, level, expression, text, examples }),
              }}
            />
          </div>
        )}
      </div>
    </Card>
  );
}

const indent = (text: string) => text.split('\n').join('\n        ');

function entryOf(
  rule: Record<'id' | 'title' | 'level' | 'expression' | 'text' | 'examples', string>,
) {
  return `validation_rules:
    - id: ${rule.id}
      title: ${JSON.stringify(rule.title)}
      level: ${rule.level}
      expression: ${JSON.stringify(rule.expression)}
      message: ${JSON.stringify(rule.text)}
      examples:
        ${indent(rule.examples.trim())}`;
}

function Result({ result }: { result: DryRun }) {
  const { problems, products, failing, unjudged, firstProblem, listed } = result;
  return (
    <>
      {problems.map((one) => (
        <Callout key={one.message} tone={one.severity === 'error' ? 'error' : 'warn'}>
          {one.message}
        </Callout>
      ))}
      {products > 0 && (
        <Callout tone={failing > 0 ? 'warn' : 'ok'}>
          {failing} of {products} products would break it.
          {unjudged > 0 && ` ${unjudged} could not be judged: ${firstProblem}.`}
        </Callout>
      )}
      {listed.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-6 text-sm">
          {listed.map((one) => (
            <li key={`${one.domain}/${one.name}`}>
              <Link href={`/products/${one.domain}/${one.name}`} className="link">
                {one.domain}/{one.name}
              </Link>{' '}
              <span className="text-muted">{one.title}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
