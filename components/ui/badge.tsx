import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Info,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface BadgeProps {
  children: ReactNode;
  icon?: ReactNode;
  /** `accent` for a thing to notice; neither tone means a status. */
  tone?: 'neutral' | 'accent';
  title?: string;
  className?: string;
}

const shape =
  'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0';

/** A label without judgement: a kind, a format, a version. */
export function Badge({ children, icon, tone = 'neutral', title, className }: BadgeProps) {
  const colour =
    tone === 'accent' ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-muted ring-1 ring-line';
  return (
    <span title={title} className={cn(shape, colour, 'ring-inset', className)}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

export type StatusTone = 'ok' | 'warn' | 'error' | 'info' | 'neutral' | 'running';

/** Icon and colours of a status; the text beside it always says the same in words. */
export const statusLook = {
  ok: { icon: CircleCheck, text: 'text-ok', soft: 'bg-ok-soft' },
  warn: { icon: TriangleAlert, text: 'text-warn', soft: 'bg-warn-soft' },
  error: { icon: CircleX, text: 'text-error', soft: 'bg-error-soft' },
  info: { icon: Info, text: 'text-info', soft: 'bg-info-soft' },
  neutral: { icon: CircleDashed, text: 'text-muted', soft: 'bg-sunken' },
  running: { icon: LoaderCircle, text: 'text-info', soft: 'bg-info-soft' },
} satisfies Record<StatusTone, { icon: LucideIcon; text: string; soft: string }>;

interface StatusBadgeProps {
  tone: StatusTone;
  children: ReactNode;
  title?: string;
  className?: string;
}

export function StatusBadge({ tone, children, title, className }: StatusBadgeProps) {
  const { icon: Icon, text, soft } = statusLook[tone];
  return (
    <span title={title} className={cn(shape, text, soft, className)}>
      <Icon className={cn(tone === 'running' && 'animate-spin')} aria-hidden />
      <span className="truncate">{children}</span>
    </span>
  );
}
