'use client';

import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { type StatusTone, statusLook } from './badge';
import { cn } from './cn';
import { IconButton } from './icon-button';

interface ToastInput {
  title: string;
  description?: string;
  tone?: Exclude<StatusTone, 'running'>;
  action?: { label: string; onClick: () => void };
}

interface ShownToast extends ToastInput {
  id: number;
}

const ToastContext = createContext<((toast: ToastInput) => void) | null>(null);

/** Returns `toast({ title, description?, tone?, action? })`. Errors stay until they are closed. */
export function useToast(): (toast: ToastInput) => void {
  const toast = useContext(ToastContext);
  if (!toast) throw new Error('useToast needs the ToastProvider of components/shell/providers');
  return toast;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const nextId = useRef(0);
  const toast = useCallback((input: ToastInput) => {
    nextId.current += 1;
    const shown = { ...input, id: nextId.current };
    setToasts((current) => [...current.slice(-3), shown]);
  }, []);
  const close = (id: number) => setToasts((current) => current.filter((shown) => shown.id !== id));

  return (
    <Radix.Provider swipeDirection="right" label="Notification">
      <ToastContext value={toast}>{children}</ToastContext>
      {toasts.map((shown) => (
        <ToastCard key={shown.id} toast={shown} onClose={() => close(shown.id)} />
      ))}
      <Radix.Viewport className="fixed right-0 bottom-0 z-60 flex w-full max-w-sm flex-col gap-2 p-4 outline-none" />
    </Radix.Provider>
  );
}

function ToastCard({ toast, onClose }: { toast: ShownToast; onClose: () => void }) {
  const tone = toast.tone ?? 'ok';
  const { icon: Icon, text } = statusLook[tone];
  return (
    <Radix.Root
      type={tone === 'error' ? 'foreground' : 'background'}
      duration={tone === 'error' ? Number.POSITIVE_INFINITY : 6000}
      onOpenChange={(open) => !open && onClose()}
      className="flex animate-rise items-start gap-3 rounded-lg border bg-raised p-3.5 shadow-lg"
    >
      <Icon className={cn('mt-0.5 size-4.5 shrink-0', text)} aria-hidden />
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-medium break-words">{toast.title}</Radix.Title>
        {toast.description && (
          <Radix.Description className="mt-0.5 text-sm break-words text-muted">
            {toast.description}
          </Radix.Description>
        )}
        {toast.action && (
          <Radix.Action asChild altText={toast.action.label}>
            <button type="button" className="link mt-1.5 text-sm" onClick={toast.action.onClick}>
              {toast.action.label}
            </button>
          </Radix.Action>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton size="sm" label="Dismiss" icon={<X />} className="-mt-1 -mr-1" />
      </Radix.Close>
    </Radix.Root>
  );
}
