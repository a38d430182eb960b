import type { Clock } from '../../platform/clock/clock.js';
import type { PhotoUpload } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { photoProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { list, record, text, words } from '../untrusted-json.js';
import { callFailure, UPLOAD_TIMEOUT_MS } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { OK_LIMITS } from './ok.limits.js';
import { sessionOf } from './ok.session.js';

/** A photo for a topic: OK documentation, `photosV2.getUploadUrl`. `photosV2.commit` isn't called, it is for albums. */
export class OkPhotos {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  /** Returns the upload token, which goes into the topic; OK keeps it for about a day. */
  async upload(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    const problem = photoProblem(OK_TITLE, OK_LIMITS, photo);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;

    const params = { gid: page.externalId, count: '1', sizes: String(photo.bytes.length) };
    const given = await this.client.call('photosV2.getUploadUrl', params, opened.session);
    if (given.kind === 'error') return okCallError(given.error, this.clock.now());
    if (given.kind !== 'value') return callFailure(OK_TITLE, given);
    const address = text(record(given.value)?.['upload_url']);
    if (address === undefined) return callFailure(OK_TITLE, { kind: 'broken', why: 'no upload_url' });

    const fileName = photo.type === 'image/png' ? 'photo.png' : 'photo.jpg';
    const file = { field: 'pic1', fileName, type: photo.type, bytes: photo.bytes };
    const uploaded = await this.client.upload(address, file, UPLOAD_TIMEOUT_MS);
    if (uploaded === undefined) return foreignAddress();
    if (uploaded.kind === 'error') return okCallError(uploaded.error, this.clock.now());
    if (uploaded.kind !== 'value') return callFailure(OK_TITLE, uploaded);
    const token = tokenOf(uploaded.value, list(record(given.value)?.['photo_ids'])?.[0]);
    return token === undefined
      ? callFailure(OK_TITLE, { kind: 'broken', why: 'no photo token' })
      : { kind: 'done', value: token };
  }
}

/** The keys are photo ids, sometimes URL-encoded; with one photo the only entry is ours even under another spelling. */
function tokenOf(value: unknown, photoId: unknown): string | undefined {
  const entries = Object.entries(record(record(value)?.['photos']) ?? {});
  const own =
    entries.find(([key]) => key === photoId || decoded(key) === photoId) ?? (entries.length === 1 ? entries[0] : undefined);
  return words(record(own?.[1])?.['token']);
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** The address that OK named leads elsewhere. */
export function foreignAddress(): ReturnType<typeof refusal> {
  const message =
    'адрес для загрузки ведёт не на серверы Одноклассников, файл не отправлен. Администратору: NETWORK_UPLOAD_HOSTS.';
  return refusal(OK_TITLE, 'upload-address-refused', message);
}
