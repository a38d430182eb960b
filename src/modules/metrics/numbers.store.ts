import { Injectable } from '@nestjs/common';
import { POST_METRICS } from '../../networks/numbers.js';
import type { Tx } from '../../platform/database/work.js';
import { selected } from './columns.js';
import { type GapCodes, gapsOf } from './gaps.js';
import type { PageRollup, PostRollup, PostSnapshot, RollupUnit } from './numbers.js';

/** So many rows older than an instant, newest first. */
export interface Before {
  readonly before: Date;
  readonly limit: number;
}

type PostRow = Omit<PostSnapshot, 'gaps'> & { readonly gaps: GapCodes };

@Injectable()
export class NumbersStore {
  async snapshots(tx: Tx, contractorId: string, publicationId: string, { before, limit }: Before): Promise<PostSnapshot[]> {
    const rows = await tx.query<PostRow[]>(
      `select publication_id as "publicationId", page_id as "pageId", taken_at as "takenAt", gaps, ${selected(POST_METRICS)}
       from post_snapshots where contractor_id = $1 and publication_id = $2 and taken_at < $3 order by taken_at desc limit $4`,
      [contractorId, publicationId, before, limit],
    );
    return rows.map((row) => ({ ...row, gaps: gapsOf(row.gaps) }));
  }

  postRollups(
    tx: Tx,
    contractorId: string,
    of: { id: string; unit: RollupUnit },
    { before, limit }: Before,
  ): Promise<PostRollup[]> {
    return tx.query(
      `select starts_at as "startsAt", snapshots, fell, ${selected(POST_METRICS)} from post_rollups
       where contractor_id = $1 and publication_id = $2 and unit = $3 and starts_at < $4 order by starts_at desc limit $5`,
      [contractorId, of.id, of.unit, before, limit],
    );
  }

  pageRollups(
    tx: Tx,
    contractorId: string,
    of: { id: string; unit: RollupUnit },
    { before, limit }: Before,
  ): Promise<PageRollup[]> {
    return tx.query(
      `select starts_at as "startsAt", snapshots, members, week_reach as "weekReach" from page_rollups
       where contractor_id = $1 and page_id = $2 and unit = $3 and starts_at < $4 order by starts_at desc limit $5`,
      [contractorId, of.id, of.unit, before, limit],
    );
  }
}
