const store = globalThis as { __portolanClock?: () => number };

/** The time that decisions are made by; tests may set it. */
export const now = (): Date => new Date(store.__portolanClock?.() ?? Date.now());

export function setClock(read: (() => number) | undefined): void {
  store.__portolanClock = read;
}
