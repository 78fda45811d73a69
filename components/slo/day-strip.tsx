import { cn } from '@/components/ui/cn';
import type { HistoryPoint } from '@/lib/slo';
import { percentText } from './slo-words';

interface DayStripProps {
  title: string;
  target: number;
  /** UTC days, oldest first. */
  days: readonly HistoryPoint[];
}

const dayOf = ({ at }: HistoryPoint) => at.slice(0, 10);
const isBad = ({ sli }: HistoryPoint, target: number) => sli !== null && sli < target - 1e-9;

function wordsOf(day: HistoryPoint, target: number): string {
  if (day.sli === null) return `${dayOf(day)}: not measured`;
  const outage = day.outage > 0 ? `, ${day.outage} minutes of outage` : '';
  return `${dayOf(day)}: ${percentText(day.sli)}${isBad(day, target) ? ', missed' : ''}${outage}`;
}

/** One mark a day: tall where the day missed the target, so that colour is not all that tells. */
export function DayStrip({ title, target, days }: DayStripProps) {
  const measured = days.filter(({ sli }) => sli !== null);
  const bad = measured.filter((day) => isBad(day, target));
  const words = `${measured.length - bad.length} of ${measured.length} days measured met the target`;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted">{measured.length === 0 ? 'Not measured yet' : words}</span>
      </div>
      <div
        role="img"
        aria-label={
          bad.length === 0
            ? words
            : `${words}; missed: ${bad.map((day) => wordsOf(day, target)).join('; ')}`
        }
        className="mt-1.5 flex h-7 items-end gap-px"
      >
        {days.map((day) => (
          <span
            key={day.at}
            title={wordsOf(day, target)}
            className={cn(
              'min-w-0 flex-1 rounded-[2px]',
              day.sli === null && 'h-2 bg-line',
              day.sli !== null && (isBad(day, target) ? 'h-7 bg-error' : 'h-5 bg-ok'),
            )}
          />
        ))}
      </div>
    </div>
  );
}
