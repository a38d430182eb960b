import type { NetworkName } from '../src/networks/network.js';
import type { Planned } from '../src/modules/publishing/publication.store.js';
import type { MemoryDatabase } from './memory/database.js';
import { publicationRow } from './memory/publication.memory.js';
import type { PageRow, PostRow } from './memory/rows.js';
import type { Story } from './story.js';

/** Who and what a history is about: one contractor, one client, a page on each network. */
export const CONTRACTOR = '00000000-0000-4000-8000-00000000000c';
/** Where the client is. */
export const REGION = '41';
const CLIENT = '00000000-0000-4000-8000-00000000000d';
const LONG_AGO = new Date(0);

export function pageOf(network: NetworkName): string {
  return `page-${network}`;
}

/** The page's number at its network. */
export function wallOf(network: NetworkName): string {
  return network === 'vk' ? '11' : '22';
}

export function postId(post: number): string {
  return `post-${post}`;
}

export function numberOf(post: string): number {
  return Number(post.split('-')[1]);
}

/** Says whose text it is, so that whoever reads a wall knows. */
export function textOf(post: number, version: number, network: NetworkName): string {
  return `${postId(post)} v${version} ${network}`;
}

export function hashOf(post: number, version: number): string {
  return `hash of ${postId(post)} v${version}`;
}

/** Puts the scene in: everything is approved, covered, connected and scheduled. */
export function setTheScene(db: MemoryDatabase, story: Story, nextId: () => string): void {
  db.contractors.seed({ id: CONTRACTOR, active: true });
  db.clients.seed({ id: CLIENT, regionCode: REGION });
  const contract = { id: 'contract', contractorId: CONTRACTOR, pageIds: [pageOf('vk'), pageOf('ok')], active: true };
  db.contracts.seed({ ...contract, startsAt: 0, endsAt: story.contractEndsAt });
  for (const network of ['vk', 'ok'] as const) db.pages.seed(pageRow(network));
  for (const [i, { photos }] of story.posts.entries()) db.posts.seed(postRow(i, photos));
  for (const planned of story.publications) {
    const { post, network, dueAt, onAmbiguity, latenessMinutes } = planned;
    const row = plannedOf({ post, version: 1, network }, { dueAt, onAmbiguity, latenessMinutes, id: nextId(), marker: nextId() });
    db.publications.seed(publicationRow(row, story.startsAt, {}));
  }
}

/** What a schedule writes. */
export function plannedOf(
  { post, version, network }: { post: number; version: number; network: NetworkName },
  plan: { dueAt: number; onAmbiguity: 'hold' | 'resend'; latenessMinutes: number; id: string; marker: string },
): Planned {
  return {
    ...{ contractorId: CONTRACTOR, id: plan.id, clientId: CLIENT, postId: postId(post), pageId: pageOf(network), network },
    ...{ dueAt: new Date(plan.dueAt), plannedLocal: '', timeZone: 'Asia/Kamchatka', postVersion: version },
    ...{
      contentHash: hashOf(post, version),
      onAmbiguity: plan.onAmbiguity,
      state: 'scheduled',
      reason: null,
      marker: plan.marker,
    },
    ...{ maxLatenessMinutes: plan.latenessMinutes, scheduledBy: 'editor' },
  };
}

/** The content of one version of a post. */
export function contentOfVersion(post: number, version: number): Pick<PostRow, 'postVersion' | 'contentHash' | 'variants'> {
  const variants = (['vk', 'ok'] as const).map((network) => ({
    network,
    text: textOf(post, version, network),
    link: null,
    poll: null,
  }));
  return { postVersion: version, contentHash: hashOf(post, version), variants };
}

function postRow(post: number, photos: number): PostRow {
  const content = contentOfVersion(post, 1);
  const photo = (i: number): PostRow['media'][number] => ({
    ...{ mediaId: `media-${i}`, sha256: `photo-${i}`, storageKey: `photo-${i}`, type: 'image/jpeg' },
    ...{ kind: 'photo', title: null, bytes: 1 },
  });
  return {
    ...{ ...content, id: postId(post), contractorId: CONTRACTOR, clientId: CLIENT, title: '', authorId: 'author' },
    ...{ versionAuthorId: 'author', status: 'approved', approvedHash: content.contentHash, lockedAt: null, version: 1 },
    ...{ media: Array.from({ length: photos }, (_, i) => photo(i)), createdAt: LONG_AGO, updatedAt: LONG_AGO },
  };
}

function pageRow(network: NetworkName): PageRow {
  return {
    ...{ id: pageOf(network), contractorId: CONTRACTOR, clientId: CLIENT, network, externalId: wallOf(network), name: null },
    ...{ url: null, status: 'connected', statusReason: null, capabilities: null, checkedAt: null, version: 1, secrets: true },
    ...{ createdAt: LONG_AGO, updatedAt: LONG_AGO },
  };
}
