'use client';

import type { EditorView } from '@uiw/react-codemirror';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import type { SavedQueryRow } from '@/lib/workbench';
import { HistoryPanel } from './history-panel';
import { statementOfHash } from './link-button';
import { ResultCard } from './result-card';
import type { DomainChoice } from './save-query-dialog';
import { SavedPanel } from './saved-panel';
import { type Queryable, SchemaBrowser } from './schema-browser';
import { StatementCard } from './statement-card';
import { type Result, useQuery } from './use-query';

interface WorkbenchViewProps {
  queryable: Queryable;
  saved: SavedQueryRow[];
  /** The saved query that the address names. */
  open: SavedQueryRow | null;
  domains: DomainChoice[];
  limits: { rows: number; timeMs: number };
}

export function WorkbenchView(props: WorkbenchViewProps) {
  const { queryable, saved, open, domains, limits } = props;
  const [sql, setSql] = useState(open?.sql ?? '');
  const { result, run, cancel } = useQuery();
  const editor = useRef<EditorView | null>(null);
  const schema = useMemo(() => schemaOf(queryable), [queryable]);
  const problem = useMemo(() => problemIn(result, sql), [result, sql]);
  const onReady = useCallback((view: EditorView) => {
    editor.current = view;
  }, []);
  // The server does not see what stands behind the #.
  useEffect(() => {
    const linked = open ? null : statementOfHash();
    if (linked) setSql(linked);
  }, [open]);
  const start = () => {
    if (sql.trim()) void run(sql);
  };
  const insert = (text: string) => {
    const view = editor.current;
    if (!view) return setSql((before) => `${before}${text}`);
    view.dispatch(view.state.replaceSelection(text));
    view.focus();
  };
  return (
    <>
      <PageHeader
        title="Workbench"
        description="Query the products that you may read, together. Write each as domain.product."
      />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <StatementCard
            sql={sql}
            editor={{ value: sql, onChange: setSql, onRun: start, schema, problem, onReady }}
            isRunning={result?.isRunning ?? false}
            onCancel={cancel}
            open={open}
            domains={domains}
            limits={limits}
          />
          <ResultCard result={result} onRetry={start} />
        </div>
        <aside aria-label="Products and queries" className="flex min-w-0 flex-col gap-5">
          <Card title="Products">
            <SchemaBrowser first={queryable} onInsert={insert} />
          </Card>
          <Card title="Saved">
            <SavedPanel queries={saved} openId={open?.id ?? null} domains={domains} />
          </Card>
          <Card title="History">
            <HistoryPanel onOpen={setSql} />
          </Card>
        </aside>
      </div>
    </>
  );
}

/** For completion: domains, their products, the columns. */
function schemaOf({ products }: Queryable): Record<string, Record<string, string[]>> {
  const schema: Record<string, Record<string, string[]>> = {};
  for (const { address, columns } of products) {
    const [domain = '', name = ''] = address.split('/');
    schema[domain] ??= {};
    schema[domain][name] = columns.map((column) => column.name);
  }
  return schema;
}

function problemIn(result: Result | null, sql: string) {
  if (!result?.error || result.sql !== sql) return null;
  const { line, column } = result.error.problem;
  if (typeof line !== 'number') return null;
  return { line, column: typeof column === 'number' ? column : 1, message: result.error.message };
}
