import type { Permission } from '@/lib/specs';

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
  action: Permission;
  product: DecisionProduct;
  context?: { purpose?: string };
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
}
