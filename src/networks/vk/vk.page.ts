import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, PageDescription, PageRef } from '../network.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { flag, integer, list, record, records, words, type JsonRecord } from '../untrusted-json.js';
import { callFailure } from '../wire.js';
import type { VkClient } from './vk.client.js';
import { VK_TITLE, vkCallError } from './vk.errors.js';
import { communityToken } from './vk.tokens.js';

/** `is_government_organization` isn't in the public schema; VK's own client asks for it, so it is optional here. */
const FIELDS = 'description,site,contacts,addresses,members_count,is_government_organization,has_photo,cover';

/** Reads a community: VK documentation, `groups.getById`. */
export class VkPages {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  async describe(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageDescription>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const chosen = communityToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    const result = await this.client.call('groups.getById', { group_id: page.externalId, fields: FIELDS }, chosen.token);
    if (result.kind === 'error') return vkCallError(result.error, this.clock.now());
    if (result.kind !== 'value') return callFailure(VK_TITLE, result);
    const groups = groupsOf(result.value);
    if (groups === undefined) return callFailure(VK_TITLE, { kind: 'broken', why: 'no groups' });
    const group = groups.find(({ id }) => String(id) === page.externalId);
    if (group === undefined)
      return refusal(VK_TITLE, 'not-found', 'сообщество с таким номером не найдено. Проверьте адрес страницы.');
    return { kind: 'done', value: descriptionOf(group, page.externalId) };
  }
}

/** The groups of an answer: `{groups: […]}` in 5.199, a bare list in older versions. */
export function groupsOf(value: unknown): readonly JsonRecord[] | undefined {
  const groups = list(value) ?? list(record(value)?.['groups']);
  return groups === undefined ? undefined : records(groups);
}

function descriptionOf(group: JsonRecord, externalId: string): PageDescription {
  const contacts = records(group['contacts']);
  const screenName = words(group['screen_name']);
  return {
    externalId,
    name: words(group['name']) ?? '',
    url: `https://vk.com/${screenName ?? `club${externalId}`}`,
    screenName,
    description: words(group['description']),
    address: words(record(record(group['addresses'])?.['main_address'])?.['address']),
    phone: contacts.map(({ phone }) => words(phone)).find((phone) => phone !== undefined),
    email: contacts.map(({ email }) => words(email)).find((email) => email !== undefined),
    site: words(group['site']),
    membersCount: integer(group['members_count']),
    governmentMark: flag(group['is_government_organization']),
    avatar: flag(group['has_photo']),
    cover: flag(record(group['cover'])?.['enabled']),
  };
}
