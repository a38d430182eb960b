import type { Credentials, Network, NetworkName, PageRef } from '../../src/networks/network.js';
import type { Networks } from '../../src/networks/networks.js';
import type { Clock } from '../../src/platform/clock/clock.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { ScriptBuilder } from '../../src/sandbox/scripts/script-builder.js';

/** Both ends of the wire and the time that they share. */
interface Wire {
  readonly sandbox: Sandbox;
  readonly networks: Networks;
  readonly clock: Clock;
}

/** A post as the sandbox keeps it, in words that fit both networks. */
export interface Standing {
  readonly id: string;
  readonly text: string;
  /** True when the page itself is the author. */
  readonly byPage: boolean;
  readonly at: Date;
  /** Ids of the photos as the network shows them, in order. */
  readonly photos: readonly string[];
  readonly links: readonly string[];
  readonly videos: number;
  readonly documents: number;
  readonly polls: number;
}

/** One network: its adapter, its sandbox and the secrets that open its ready-made page. */
export interface Side {
  readonly clock: Clock;
  readonly name: NetworkName;
  readonly network: Network;
  readonly page: PageRef;
  readonly credentials: Credentials;
  /** The method that makes a post, and the one that changes it. */
  readonly publishing: string;
  readonly editing: string;
  /** The first call of the photo upload. */
  readonly uploadAddress: string;
  next(method: string): ScriptBuilder;
  /** What stands on the page, newest first. */
  posts(): readonly Standing[];
  /** Somebody posts on the site; without an author, the page. */
  postByHand(text: string, changes?: { at?: Date; stranger?: boolean }): string;
  /** How late the network's look-ups see a new post. */
  lagBy(ms: number): void;
  /** Calls of this method that the network has in its ledger. */
  calls(method: string): number;
  /** Address of the picture of a photo. */
  pictureUrl(photo: string): string;
}

export function vkSide({ sandbox, networks, clock }: Wire): Side {
  const { groupId, communityToken, serviceToken, userToken } = sandbox.credentials.vk;
  return {
    clock,
    name: 'vk',
    network: networks.get('vk'),
    page: { externalId: String(groupId) },
    credentials: { communityToken, serviceToken, userToken },
    publishing: 'wall.post',
    editing: 'wall.edit',
    uploadAddress: 'photos.getWallUploadServer',
    next: (method) => sandbox.vk.next(method),
    posts: () =>
      sandbox.vk.posts(groupId).map(({ id, text, fromId, date, attachments }) => ({
        id: String(id),
        text,
        byPage: fromId === -groupId,
        at: date,
        photos: attachments.flatMap((one) => (one.kind === 'photo' && 'id' in one ? [`${one.ownerId}_${one.id}`] : [])),
        links: attachments.flatMap((one) => ('url' in one ? [one.url] : [])),
        videos: attachments.filter(({ kind }) => kind === 'video').length,
        documents: attachments.filter(({ kind }) => kind === 'doc').length,
        polls: attachments.filter(({ kind }) => kind === 'poll').length,
      })),
    postByHand: (text, { at, stranger } = {}) =>
      String(sandbox.vk.postByHand(groupId, { text, ...(at && { date: at }), ...(stranger && { fromId: 12 }) }).id),
    lagBy: (ms) => void (sandbox.vk.settings.lookupLagMs = ms),
    calls: (method) => sandbox.ledger.count({ network: 'vk', what: 'call', method }),
    pictureUrl: (photo) => `${sandbox.wallsUrl}/images/vk/${photo}`,
  };
}

export function okSide({ sandbox, networks, clock }: Wire): Side {
  const { groupId, applicationKey, applicationSecret, accessToken } = sandbox.credentials.ok;
  return {
    clock,
    name: 'ok',
    network: networks.get('ok'),
    page: { externalId: groupId },
    credentials: { applicationKey, applicationSecretKey: applicationSecret, accessToken },
    publishing: 'mediatopic.post',
    editing: 'mediatopic.edit',
    uploadAddress: 'photosV2.getUploadUrl',
    next: (method) => sandbox.ok.next(method),
    posts: () =>
      sandbox.ok.topics(groupId).map(({ id, blocks, authorRef, createdAt }) => ({
        id,
        text: blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'),
        byPage: authorRef === `group:${groupId}`,
        at: createdAt,
        photos: blocks.flatMap((block) => (block.type === 'photo' ? block.photoIds : [])),
        links: blocks.flatMap((block) => (block.type === 'link' ? [block.url] : [])),
        videos: blocks.flatMap((block) => (block.type === 'movie' ? block.movieIds : [])).length,
        documents: 0,
        polls: blocks.filter(({ type }) => type === 'poll').length,
      })),
    postByHand: (text, { at, stranger } = {}) =>
      sandbox.ok.postByHand(groupId, { text, ...(at && { createdAt: at }), ...(stranger && { authorRef: 'user:12' }) }).id,
    lagBy: (ms) => void (sandbox.ok.settings.lookupLagMs = ms),
    calls: (method) => sandbox.ledger.count({ network: 'ok', what: 'call', method }),
    pictureUrl: (photo) => `${sandbox.wallsUrl}/images/ok/${encodeURIComponent(photo)}`,
  };
}

/** Both networks, as a table for `describe.each`. */
export const BOTH: readonly { readonly name: NetworkName }[] = [{ name: 'vk' }, { name: 'ok' }];
