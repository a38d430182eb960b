import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { NetworkName } from '../../networks/network.js';
import type { MediaKind } from './media.js';
import type { Post, PostStatus, Variant } from './post.js';
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

/** A post with all that belongs to one of its versions, in one statement: it is read at every step of its way. */
const WHOLE = `select p.id, p.client_id as "clientId", p.title, p.author_id as "authorId", p.status, v.number as "postVersion",
    v.author_id as "versionAuthorId", v.content_hash as "contentHash", p.locked_at as "lockedAt", p.version,
    p.created_at as "createdAt", p.updated_at as "updatedAt",
    (select json_agg(json_build_object('network', r.network, 'text', r.text, 'link', r.link, 'poll', r.poll) order by r.network desc)
     from post_variants r where r.contractor_id = v.contractor_id and r.post_id = v.post_id and r.number = v.number) as variants,
    coalesce((select json_agg(json_build_object('mediaId', m.id, 'kind', m.kind, 'type', m.type, 'title', m.title, 'bytes', m.bytes,
        'sha256', m.sha256, 'storageKey', m.storage_key) order by pm.position)
      from post_media pm join media m on m.contractor_id = pm.contractor_id and m.id = pm.media_id
      where pm.contractor_id = v.contractor_id and pm.post_id = v.post_id and pm.number = v.number), '[]') as media
  from posts p join post_versions v on v.contractor_id = p.contractor_id and v.post_id = p.id`;

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
    const rows = await tx.query<Post[]>(
      `${WHOLE} and v.number = coalesce($3, p.current_version) where p.contractor_id = $1 and p.id = $2`,
      [contractorId, id, number ?? null],
    );
    return rows[0];
  }

  list(tx: Tx, contractorId: string, filter: { clientId?: string; status?: PostStatus }, start: PageStart): Promise<Post[]> {
    return tx.query<Post[]>(
      `${WHOLE} and v.number = p.current_version
       where p.contractor_id = $1 and p.id < $2 and ($3::uuid is null or p.client_id = $3) and ($4::text is null or p.status = $4)
       order by p.id desc limit $5`,
      [contractorId, start.beforeId, filter.clientId ?? null, filter.status ?? null, start.limit + 1],
    );
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
}
