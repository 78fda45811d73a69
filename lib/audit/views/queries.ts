import { type Ctx, pool, requireCan } from '@/lib/core';
import { MAX_VIEWS } from './save-view';
import { ownerOf } from './view-input';

export interface AuditView {
  id: string;
  name: string;
  /** The address's query string. */
  query: string;
  isShared: boolean;
  isMine: boolean;
  /** Whose it is. */
  owner: string;
}
const MAX_SHARED = 100;

/** The person's own searches, then those that others share, by name. */
export async function listAuditViews(ctx: Ctx): Promise<AuditView[]> {
  requireCan(ctx, 'audit.read');
  const { rows } = await pool().query<AuditView>(
    `select v.id, v.name, v.query, v."isShared", v."userId" = $1 as "isMine", u.name as owner
     from audit_view v join "user" u on u.id = v."userId"
     where v."userId" = $1 or v."isShared"
     order by v."userId" = $1 desc, lower(v.name), v.id limit $2`,
    [ownerOf(ctx), MAX_VIEWS + MAX_SHARED],
  );
  return rows;
}
