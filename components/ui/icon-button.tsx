import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Read by screen readers and shown on hover: an icon alone says too little. */
  label: string;
  icon: ReactNode;
  size?: 'sm' | 'md';
}

export function IconButton({ label, icon, size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:text-subtle disabled:opacity-60 [&_svg]:size-4',
        size === 'sm' ? 'size-7' : 'size-9',
        className,
      )}
    >
      {icon}
    </button>
  );
}
