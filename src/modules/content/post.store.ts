import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { NetworkName } from '../../networks/network.js';
import type { MediaKind } from './media.js';
import type { Post, PostMedia, PostStatus, Variant } from './post.js';
import { PostEntity, PostMediaEntity, PostVariantEntity, PostVersionEntity } from './post.entity.js';

export interface PostKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly postId: string;
}

export interface NewVersion {
  readonly number: number;
  readonly authorId: string;
  readonly contentHash: string;
  readonly variants: readonly Variant[];
  readonly mediaIds: readonly string[];
}

/** What a version of a post carries on one network. */
interface MakeupRow {
  readonly postId: string;
  readonly postVersion: number;
  readonly network: NetworkName;
  readonly title: string;
  readonly kinds: readonly MediaKind[];
  readonly hasPoll: boolean;
  readonly hasLink: boolean;
}

interface MediaRow extends PostMedia {
  readonly postId: string;
}

@Injectable()
export class PostStore {
  async insert(tx: Tx, { contractorId, clientId, postId }: PostKey, title: string, authorId: string): Promise<void> {
    await tx.insert(PostEntity, { contractorId, id: postId, clientId, title, authorId });
  }

  async insertVersion(tx: Tx, key: PostKey, version: NewVersion): Promise<void> {
    const { number, authorId, contentHash, variants, mediaIds } = version;
    await tx.insert(PostVersionEntity, { ...key, number, authorId, contentHash });
    await tx.insert(
      PostVariantEntity,
      variants.map(({ network, text, link, poll }) => ({ ...key, number, network, text, link, poll })),
    );
    if (mediaIds.length === 0) return;
    await tx.insert(
      PostMediaEntity,
      mediaIds.map((mediaId, position) => ({ ...key, number, position, mediaId })),
    );
  }

  /** @param number a version; without it, the present one. @returns undefined also when it has no such version. */
  async find(tx: Tx, contractorId: string, id: string, number?: number): Promise<Post | undefined> {
    const row = await tx.findOneBy(PostEntity, { contractorId, id });
    if (!row || (number !== undefined && number > row.postVersion)) return undefined;
    return (await this.whole(tx, contractorId, [{ ...row, postVersion: number ?? row.postVersion }]))[0];
  }

  async list(
    tx: Tx,
    contractorId: string,
    filter: { clientId?: string; status?: PostStatus },
    start: PageStart,
  ): Promise<Post[]> {
    const rows = await tx.find(PostEntity, {
      where: {
        contractorId,
        id: LessThan(start.beforeId),
        ...(filter.clientId && { clientId: filter.clientId }),
        ...(filter.status && { status: filter.status }),
      },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
    return this.whole(tx, contractorId, rows);
  }

  /** Starts the next version of an unlocked post. @returns its number, or undefined when locked or of another version. */
  async startVersion(tx: Tx, { contractorId, postId }: PostKey, title: string, version?: number): Promise<number | undefined> {
    const [rows] = await tx.query<[{ current_version: number }[], number]>(
      `update posts set current_version = current_version + 1, status = 'draft', approved_hash = null, title = $3,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and locked_at is null and ($4::integer is null or version = $4)
       returning current_version`,
      [contractorId, postId, title, version ?? null],
    );
    return rows[0]?.current_version;
  }

  /** Changes the title alone; the content and its approvals stay. */
  async retitle(tx: Tx, { contractorId, postId }: PostKey, title: string, version?: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update posts set title = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and ($4::integer is null or version = $4)`,
      [contractorId, postId, title, version ?? null],
    );
    return count === 1;
  }

  /** Moves an unlocked post on, if it still has the status and version it was decided on. */
  async move(tx: Tx, contractorId: string, post: Post, to: PostStatus): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update posts set status = $5, approved_hash = case when $5 = 'approved' then $6 end, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status = $3 and current_version = $4 and locked_at is null`,
      [contractorId, post.id, post.status, post.postVersion, to, post.contentHash],
    );
    return count === 1;
  }

  /**
   * Locks the approved content until somebody opens it for a correction. @returns false when this content is not approved now.
   * Whoever finds it locked shares it: the other pages of a post must not wait for each other's COMMIT.
   */
  async lock(tx: Tx, contractorId: string, postId: string, contentHash: string): Promise<boolean> {
    const shared = await tx.query<unknown[]>(
      `select 1 from posts where contractor_id = $1 and id = $2 and approved_hash = $3 and locked_at is not null for share`,
      [contractorId, postId, contentHash],
    );
    if (shared.length === 1) return true;
    const [, count] = await tx.query<[unknown[], number]>(
      `update posts set locked_at = coalesce(locked_at, app_now()) where contractor_id = $1 and id = $2 and approved_hash = $3`,
      [contractorId, postId, contentHash],
    );
    return count === 1;
  }

  /** Opens a locked post again: its content stays, its approval is gone. @returns false when it is not locked, or of another version. */
  async reopen(tx: Tx, contractorId: string, postId: string, version?: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update posts set status = 'draft', approved_hash = null, locked_at = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and locked_at is not null and ($3::integer is null or version = $3)`,
      [contractorId, postId, version ?? null],
    );
    return count === 1;
  }

  /** What versions of posts carry, each as one network shows it. */
  makeup(
    tx: Tx,
    contractorId: string,
    variants: readonly Pick<MakeupRow, 'postId' | 'postVersion' | 'network'>[],
  ): Promise<MakeupRow[]> {
    return tx.query<MakeupRow[]>(
      `select v.post_id as "postId", v.number as "postVersion", v.network, p.title, v.poll is not null as "hasPoll", v.link is not null as "hasLink",
         array(select distinct m.kind from post_media pm join media m on m.contractor_id = pm.contractor_id and m.id = pm.media_id
           where pm.contractor_id = v.contractor_id and pm.post_id = v.post_id and pm.number = v.number order by m.kind) as kinds
       from unnest($2::uuid[], $3::integer[], $4::text[]) as wanted (post_id, number, network)
       join post_variants v on v.contractor_id = $1 and v.post_id = wanted.post_id and v.number = wanted.number and v.network = wanted.network
       join posts p on p.contractor_id = v.contractor_id and p.id = v.post_id`,
      [
        contractorId,
        variants.map((one) => one.postId),
        variants.map((one) => one.postVersion),
        variants.map((one) => one.network),
      ],
    );
  }

  private async whole(tx: Tx, contractorId: string, rows: PostEntity[]): Promise<Post[]> {
    const present = rows.map((row) => ({ contractorId, postId: row.id, number: row.postVersion }));
    if (present.length === 0) return [];
    const [versions, variants, media] = await Promise.all([
      tx.findBy(PostVersionEntity, present),
      tx.find(PostVariantEntity, { where: present, order: { network: 'DESC' } }),
      this.mediaOf(tx, contractorId, rows),
    ]);
    return rows.map(({ approvedHash: _approved, contractorId: _contractor, ...row }) => {
      const version = versions.find(({ postId }) => postId === row.id)!;
      return {
        ...row,
        versionAuthorId: version.authorId,
        contentHash: version.contentHash,
        variants: variants
          .filter(({ postId }) => postId === row.id)
          .map(({ network, text, link, poll }) => ({ network, text, link, poll })),
        media: media.filter(({ postId }) => postId === row.id).map(({ postId: _post, ...one }) => one),
      };
    });
  }

  private mediaOf(tx: Tx, contractorId: string, rows: PostEntity[]): Promise<MediaRow[]> {
    return tx.query<MediaRow[]>(
      `select pm.post_id as "postId", m.id as "mediaId", m.kind, m.type, m.title, m.bytes, m.sha256, m.storage_key as "storageKey"
       from unnest($2::uuid[], $3::integer[]) as wanted (post_id, number)
       join post_media pm on pm.contractor_id = $1 and pm.post_id = wanted.post_id and pm.number = wanted.number
       join media m on m.contractor_id = pm.contractor_id and m.id = pm.media_id
       order by pm.post_id, pm.position`,
      [contractorId, rows.map((row) => row.id), rows.map((row) => row.postVersion)],
    );
  }
}
