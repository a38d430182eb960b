import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { Checked, PageAudit, PageCheck } from './page-audit.js';

interface PageKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageId: string;
}

const AUDIT = `day::text as day, audited_at as "auditedAt", score, most, model_version as "modelVersion", profile,
  findings->'points' as findings, findings->'duties' as duties`;
const CHECK = `id, page_id as "pageId", subject, value, note, checked_by as "checkedBy", checked_at as "checkedAt"`;

/** The newest of two weeks that was told. */
function lastOf(column: string): string {
  return `(select ${column} from page_snapshots where contractor_id = $1 and page_id = $2 and ${column} is not null
    and taken_at <= $3 and taken_at > $3::timestamptz - interval '14 days' order by taken_at desc limit 1)`;
}
const LAST_MEMBERS = lastOf('members');
const LAST_WEEK = lastOf('week_reach');

@Injectable()
export class AuditStore {
  /** Writes it unless the newest of that day says the same. */
  async write(tx: Tx, { contractorId, clientId, pageId }: PageKey, audit: PageAudit): Promise<void> {
    const { day, auditedAt, score, most, modelVersion, profile } = audit;
    const findings = { points: audit.findings, duties: audit.duties };
    await tx.query(
      `insert into page_audits (contractor_id, client_id, page_id, day, audited_at, score, most, model_version, profile, findings)
       select $1, $2, $3, $4::date, $5, $6, $7, $8, $9::jsonb, $10::jsonb where not exists (
         select 1 from (select * from page_audits where contractor_id = $1 and page_id = $3 and day = $4::date
           order by audited_at desc limit 1) last
         where last.model_version = $8 and last.profile = $9::jsonb and last.findings = $10::jsonb)
       on conflict do nothing`,
      [
        contractorId,
        clientId,
        pageId,
        day,
        auditedAt,
        score,
        most,
        modelVersion,
        JSON.stringify(profile),
        JSON.stringify(findings),
      ],
    );
  }

  /** The newest of the last day not after this one. */
  async last(tx: Tx, contractorId: string, pageId: string, day: string): Promise<PageAudit | undefined> {
    const rows = await tx.query<PageAudit[]>(
      `select ${AUDIT} from page_audits where contractor_id = $1 and page_id = $2 and day <= $3::date
       order by day desc, audited_at desc limit 1`,
      [contractorId, pageId, day],
    );
    return rows[0];
  }

  /** What weekly reach and members were last seen; a week that is older than two weeks says nothing of this one. */
  async reachOf(
    tx: Tx,
    contractorId: string,
    pageId: string,
    at: Date,
  ): Promise<{ members: number | null; weekReach: number | null }> {
    const rows = await tx.query<{ members: number | null; weekReach: number | null }[]>(
      `select ${LAST_MEMBERS} as members, ${LAST_WEEK} as "weekReach"`,
      [contractorId, pageId, at],
    );
    return rows[0]!;
  }

  async insertCheck(tx: Tx, { contractorId, clientId }: PageKey, check: Omit<PageCheck, 'checkedAt'>): Promise<void> {
    await tx.query(
      `insert into page_checks (contractor_id, id, client_id, page_id, subject, value, note, checked_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [contractorId, check.id, clientId, check.pageId, check.subject, check.value, check.note, check.checkedBy],
    );
  }

  checks(tx: Tx, contractorId: string, pageId: string, { beforeId, limit }: PageStart): Promise<PageCheck[]> {
    return tx.query(
      `select ${CHECK} from page_checks where contractor_id = $1 and page_id = $2 and id < $3 order by id desc limit $4`,
      [contractorId, pageId, beforeId, limit + 1],
    );
  }

  /** What counts now, by what was looked at. */
  async standingChecks(tx: Tx, contractorId: string, pageId: string): Promise<ReadonlyMap<Checked, number>> {
    const rows = await tx.query<{ subject: Checked; value: number }[]>(
      `select distinct on (subject) subject, value from page_checks where contractor_id = $1 and page_id = $2
       order by subject, id desc`,
      [contractorId, pageId],
    );
    return new Map(rows.map(({ subject, value }) => [subject, value]));
  }
}
