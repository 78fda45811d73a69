/** An address of an outside document that may become a link; `javascript:` and the like may not. */
export function linkOf(address: string | undefined): string | undefined {
  return address && /^(https?:\/\/|mailto:)\S+$/i.test(address) ? address : undefined;
}
