import type { Clock } from '../../platform/clock/clock.js';
import type { Principal } from '../../platform/http/access.js';
import type { PostMedia } from '../content/post.js';
import type { ReadiedAttachment } from './attachments.js';
import type { Readied } from './publication-reader.service.js';

export const NOW = new Date('2026-12-01T09:00:00Z');

/** A publication on VK that is due, with everything that sending it needs. */
export function aReadied(changes: Partial<Omit<Readied, 'publication'>> & { publication?: object } = {}): Readied {
  const { publication, ...rest } = changes;
  return {
    publication: {
      ...{ contractorId: 'agency', id: 'publication', clientId: 'client', postId: 'post', pageId: 'page', network: 'vk' },
      ...{ state: 'scheduled', contentHash: 'hash', marker: 'marker', dueAt: NOW, nextTryAt: NOW, onAmbiguity: 'hold' },
      ...{ firstSentAt: null, settlesAt: null, withdrawRequestedAt: null, externalId: null, preparedAt: null, budgetKey: null },
      ...publication,
    },
    page: { id: 'page', externalId: '300', status: 'connected' },
    variant: { network: 'vk', text: 'День посёлка', link: null, poll: null },
    attachments: [],
    credentials: { userToken: 'secret' },
    ...rest,
  } as unknown as Readied;
}

/** A file that is part of a post; with an id when the network has it already. */
export function anAttachment(kind: 'photo' | 'video' | 'document', position: number, id?: string): ReadiedAttachment {
  const sha256 = `${kind} ${position}`;
  const media = { kind, bytes: 4_096, sha256, mediaId: `media ${position}`, storageKey: `key ${position}` };
  const whole = { ...media, title: kind === 'photo' ? null : `Файл ${position}`, type: `type of ${kind}` };
  return { kind, media: whole as unknown as PostMedia, position, sha256, ...(id !== undefined && { id }) };
}

/** A person of the agency who sees every client. */
export const WHO: Principal = {
  ...{ kind: 'member', id: 'member', memberId: 'member', contractorId: 'agency', role: 'editor', side: 'agency' },
  ...{ scope: { contractorId: 'agency', clientIds: 'all' }, permissions: new Set<string>(), requestId: 'request' },
};
/** One who sees a single client. */
export const NARROW: Principal = { ...WHO, scope: { contractorId: 'agency', clientIds: ['client'] } };

/** Time stands still. */
export const STILL: Clock = { now: () => NOW, monotonicMs: () => 0 };

export const IDS = { next: () => 'new id', secret: () => 'new secret' };

/** Waits for a refusal, and gives its code and what it says beside. */
export async function refusal(of: () => Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> }> {
  try {
    await of();
  } catch (error) {
    return error as { code: string; details: Record<string, unknown> };
  }
  throw new Error('It was not refused');
}
