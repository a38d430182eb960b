import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, PageDescription, PageRef } from '../network.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { flag, idOf, integer, list, record, records, words, type JsonRecord } from '../untrusted-json.js';
import { callFailure } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { sessionOf } from './ok.session.js';

/** OK has no field for an e-mail address; what it does not say of pictures is not known. `gos_org` is the state-organisation mark; its form isn't documented. */
const FIELDS = 'uid,name,shortname,description,address,city,phone,homepage_url,members_count,gos_org,photo_id,cover';

/** Reads a group: OK documentation, `group.getInfo`. */
export class OkGroups {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  async describe(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageDescription>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const result = await this.client.call('group.getInfo', { uids: page.externalId, fields: FIELDS }, opened.session);
    if (result.kind === 'error') return okCallError(result.error, this.clock.now());
    if (result.kind !== 'value') return callFailure(OK_TITLE, result);
    // A bare list today, `{groups: […]}` on an older page of the documentation.
    const groups = list(result.value) ?? list(record(result.value)?.['groups']);
    if (groups === undefined) return callFailure(OK_TITLE, { kind: 'broken', why: 'no groups' });
    const group = records(groups).find(({ uid, id }) => (idOf(uid) ?? idOf(id) ?? page.externalId) === page.externalId);
    if (group === undefined) return refusal(OK_TITLE, 'not-found', 'группа с таким номером не найдена. Проверьте адрес группы.');
    return { kind: 'done', value: descriptionOf(group, page.externalId) };
  }
}

function descriptionOf(group: JsonRecord, externalId: string): PageDescription {
  const screenName = words(group['shortname']);
  const address = [words(group['city']), words(group['address'])].filter((part) => part !== undefined).join(', ');
  return {
    externalId,
    name: words(group['name']) ?? '',
    url: screenName === undefined ? `https://ok.ru/group/${externalId}` : `https://ok.ru/${screenName}`,
    screenName,
    description: words(group['description']),
    address: words(address),
    phone: words(group['phone']),
    site: words(group['homepage_url']),
    membersCount: integer(group['members_count']),
    governmentMark: flag(group['gos_org']),
    avatar: group['photo_id'] === undefined ? undefined : idOf(group['photo_id']) !== undefined,
    cover: group['cover'] === undefined ? undefined : group['cover'] !== null && group['cover'] !== '',
  };
}
