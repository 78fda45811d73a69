'use client';

import { Download, ImageDown } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Course, type CourseMark } from '@/components/charts/course';
import { MARK_LOOKS } from '@/components/charts/mark-glyph';
import { chartPng, saveFile } from '@/components/charts/png';
import { Button, FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Chart, Marks, PeriodView } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';
import { ChartLegend } from './chart-legend';
import { ChartTable } from './chart-table';
import { HappenedList } from './happened-list';
import { beforeText, bucketText, periodText } from './period-words';

interface ChartCardProps {
  chart: Chart;
  period: PeriodView;
  /** What happened; the chart shows the kinds that may have moved it. */
  happened?: Marks;
  /** "the mesh", "the domain sales". */
  about: string;
  /** Where the figure or its facts are told in full. */
  href?: string | undefined;
  /** The same figures as a file, for who is signed in. */
  csvHref?: string | undefined;
  /** On the page of the figure itself there is no second title. */
  isPlain?: boolean;
}

const NOTHING: Marks = { marks: [], counts: { incident: 0, release: 0, policy: 0 } };
/** More lines than this are not doubled by what they are compared with: the table has it. */
const MOST_DOUBLED = 2;

/** A chart with its legend, what happened meanwhile, the table behind it, and both as files. */
export function ChartCard({
  chart,
  period,
  happened = NOTHING,
  about,
  href,
  csvHref,
  isPlain,
}: ChartCardProps) {
  const figure = useRef<HTMLElement>(null);
  const list = useRef<HTMLDetailsElement>(null);
  const router = useRouter();
  const [failure, setFailure] = useState('');
  const { id, title, unit, ats, targets, kinds } = chart;
  // What was measured in neither period has no line.
  const series = chart.series.filter((one) =>
    [...one.values, ...one.before].some((v) => v !== null),
  );
  const marks = happened.marks.filter(({ kind }) => kinds.includes(kind));
  const counted = kinds.reduce((sum, kind) => sum + happened.counts[kind], 0);
  const before = beforeText(period);
  const hasBefore = before !== null && series.some((one) => one.before.some((v) => v !== null));
  const showsBefore = hasBefore && series.length <= MOST_DOUBLED;
  const isEmpty = series.every((one) => one.values.every((v) => v === null));
  async function save() {
    try {
      const words = `Of ${about}: ${periodText(period)}`;
      saveFile(await chartPng(figure.current!, title, words), `${id}.png`);
      setFailure('');
    } catch {
      setFailure('This browser could not make the picture. The CSV has the same figures.');
    }
  }
  function open(found: CourseMark[]) {
    if (found.length === 1) return router.push(found[0]!.href);
    if (list.current) list.current.open = true;
    list.current?.querySelector('summary')?.focus();
  }
  return (
    <Card
      title={
        href && !isPlain ? (
          <Link className="link" href={href}>
            {title}
          </Link>
        ) : (
          title
        )
      }
      description={isPlain ? undefined : chart.about}
      actions={
        <>
          <Button size="sm" icon={<ImageDown />} onClick={save} disabled={isEmpty}>
            PNG
          </Button>
          {csvHref && (
            <FileLink size="sm" href={csvHref} icon={<Download />}>
              CSV
            </FileLink>
          )}
        </>
      }
    >
      {isEmpty ? (
        <p className="text-muted">Too little in this period to draw. Choose a longer one.</p>
      ) : (
        <figure ref={figure} aria-label={title} className="min-w-0 bg-surface" data-chart={id}>
          <div aria-hidden="true">
            <Course
              {...{ ats, targets, marks, showsBefore }}
              to={period.to}
              lines={series}
              measure={unit === 'percent' ? 'share' : unit === 'count' ? 'whole' : 'other'}
              format={(value) => figureText(value, unit)}
              dateOf={(at) => bucketText(at, period.bucket)}
              beforeWords={before ?? ''}
              onMark={open}
            />
          </div>
          <ChartLegend
            {...{ series, unit, before, showsBefore }}
            hasTarget={targets.some((one) => one.value !== null)}
            kinds={MARK_LOOKS.filter(({ kind }) => marks.some((mark) => mark.kind === kind))}
          />
        </figure>
      )}
      {failure && (
        <p role="alert" className="mt-2 text-sm text-error">
          {failure}
        </p>
      )}
      {!isEmpty && <ChartTable chart={{ ...chart, series }} {...{ period, hasBefore }} />}
      {marks.length > 0 && <HappenedList ref={list} marks={marks} counted={counted} />}
    </Card>
  );
}
