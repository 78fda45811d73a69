import type { HeldTerms, Permission } from '@/lib/specs';

export interface DecisionProduct {
  id: string;
  name: string;
  title?: string;
  domainId: string;
  domain: string;
  classification: string;
  ownerId: string;
  status: string;
}
export interface DecisionRequest {
  /** What is done to the data; `discover` is to find the product and read its description. */
  action: Permission | 'discover';
  product: DecisionProduct;
  /** The purpose stated for this request, when it is not the whole context's; where the data comes out; staging. */
  context?: { purpose?: string; port?: string; environment?: 'staging' };
}
export interface Decision {
  allow: boolean;
  /**
   * The rules that decided: the permits that matched, or the forbids; when nothing permitted, the rules
   * that would have, for people who hold the role they name.
   */
  policies: { id: string; title: string }[];
  reason: string;
  /** Whom to ask, when access was refused and somebody can give it. */
  howToAsk: { owner: string; href: string } | null;
  /**
   * Set when a stated purpose would open it: the purposes that do, or an empty list when any does; null when a
   * purpose changes nothing.
   */
  purposes: string[] | null;
  /** The grant that it stands on; null without one. */
  grantId: string | null;
  /** What of the rows may be read; null is all of them. Whoever serves rows applies it (lib/platform narrowedFor). */
  terms: HeldTerms | null;
}
