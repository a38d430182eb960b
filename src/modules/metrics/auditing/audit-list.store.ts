import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { AuditedPage, AuditPlace, AuditsWanted } from './audit-list.js';

const COLUMNS = `page_id as "pageId", client_id as "clientId", day::text as day, audited_at as "auditedAt", score, most, lost,
  model_version as "modelVersion", profile->>'name' as name, profile->>'url' as url, findings->'points' as findings, findings->'duties' as duties`;

const LISTED = `with last as (
    select a.*, a.most - a.score as lost from page_collections c cross join lateral (
      select * from page_audits where contractor_id = $1 and page_id = c.page_id and ($3::date is null or day <= $3::date)
      order by day desc, audited_at desc limit 1) a
    where c.contractor_id = $1 and ($2::uuid is null or c.client_id = $2))
  select ${COLUMNS} from last
  where ($4::text is null or exists (select 1 from jsonb_array_elements(findings->'points') f
    where f->>'subject' = $4 and f->>'state' <> 'full'))`;

/** The place of a page is told by what it loses, and by its id. */
const ORDERED = {
  worst: `${LISTED} and ($5::integer is null or (lost, page_id) < ($5::integer, $6::uuid)) order by lost desc, page_id desc limit $7`,
  best: `${LISTED} and ($5::integer is null or (lost, page_id) > ($5::integer, $6::uuid)) order by lost, page_id limit $7`,
} as const;

/** Audits of many pages: one index look-up for each, however long their history is. */
@Injectable()
export class AuditListStore {
  /** Those that the scope of the transaction shows. */
  list(
    tx: Tx,
    contractorId: string,
    { clientId, day, lacks, sort }: AuditsWanted,
    { after, limit }: { readonly after: AuditPlace | null; readonly limit: number },
  ): Promise<AuditedPage[]> {
    return tx.query(ORDERED[sort], [
      contractorId,
      clientId ?? null,
      day ?? null,
      lacks ?? null,
      after?.lost ?? null,
      after?.pageId ?? null,
      limit + 1,
    ]);
  }
}
