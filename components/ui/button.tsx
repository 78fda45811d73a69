import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink border-line-strong/60 hover:bg-hover',
  ghost: 'border-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-error-solid text-on-error border-transparent hover:opacity-90',
  'danger-quiet': 'bg-surface text-error border-line-strong/60 hover:bg-error-soft',
} as const;

const sizes = {
  sm: 'h-8 gap-1.5 px-2.5 text-sm',
  md: 'h-9 gap-2 px-3.5 text-base',
  lg: 'h-11 gap-2 px-5 text-lg',
} as const;

interface Look {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  icon?: ReactNode;
}

interface ButtonProps extends Look, ComponentProps<'button'> {
  /** Shows a spinner, announces `aria-busy` and refuses further clicks. */
  loading?: boolean;
}

interface ButtonLinkProps extends Look, ComponentProps<typeof Link> {}
interface FileLinkProps extends Look, ComponentProps<'a'> {}

function look({ variant = 'secondary', size = 'md' }: Look, className?: string) {
  return cn(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none [&_svg]:size-4 [&_svg]:shrink-0',
    'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-subtle disabled:opacity-100',
    variants[variant],
    sizes[size],
    className,
  );
}

export function Button(props: ButtonProps) {
  const { variant, size, icon, loading = false, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      className={look({ variant, size }, className)}
    >
      {loading ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  );
}

/** A link to a page that looks like a button. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={look({ variant, size }, className)}>
      {icon}
      {children}
    </Link>
  );
}

/**
 * A link to a file that looks like a button. No `Link`: the router would wait for a page that never comes, and hold
 * back whatever the page does next.
 */
export function FileLink({ variant, size, icon, className, children, ...rest }: FileLinkProps) {
  return (
    <a download {...rest} className={look({ variant, size }, className)}>
      {icon}
      {children}
    </a>
  );
}
