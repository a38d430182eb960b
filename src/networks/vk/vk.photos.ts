import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, PageRef, PhotoUpload } from '../network.js';
import { photoProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, records, record, text, type JsonRecord } from '../untrusted-json.js';
import { callFailure, type CallFailure, type WireResult } from '../wire.js';
import type { VkClient, VkParams } from './vk.client.js';
import { restartsUpload, VK_TITLE, vkCallError } from './vk.errors.js';
import { VK_LIMITS } from './vk.posts.js';
import { writingUserToken } from './vk.tokens.js';

type Step = { readonly value: unknown } | { readonly failure: CallFailure; readonly restart: boolean };

/** A photo for a wall post, three steps: VK documentation, "upload a photo to a wall". Needs a user's token. */
export class VkPhotos {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  /** Returns `photo<owner>_<id>[_<access key>]`. Starts the flow again once where VK's documentation says so. */
  async upload(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = photoProblem(VK_TITLE, VK_LIMITS, photo);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;

    const first = await this.flow(page.externalId, chosen.token, photo);
    const last = 'failure' in first && first.restart ? await this.flow(page.externalId, chosen.token, photo) : first;
    return 'failure' in last ? last.failure : { kind: 'done', value: String(last.value) };
  }

  private async flow(groupId: string, token: string, photo: PhotoUpload): Promise<Step> {
    const server = await this.step('photos.getWallUploadServer', { group_id: groupId }, token);
    if ('failure' in server) return server;
    const address = text(record(server.value)?.['upload_url']);
    if (address === undefined) return broken('no upload_url');

    const uploaded = await this.client.upload(address, photo);
    if (uploaded === undefined) return foreignAddress();
    if (uploaded.kind !== 'value') return this.failed(uploaded);
    const file = record(uploaded.value);
    if (file === undefined) return broken('malformed upload answer');
    if (file['error'] !== undefined) return rejected(true);
    const { photo: stored, server: number, hash } = file;
    // VK says "rejected" with HTTP 200 and an empty photo.
    if (stored === '' || stored === '[]') return rejected(false);
    if (typeof stored !== 'string' || integer(number) === undefined || typeof hash !== 'string')
      return broken('malformed upload answer');

    const saved = await this.step(
      'photos.saveWallPhoto',
      { group_id: groupId, photo: stored, server: Number(number), hash },
      token,
    );
    if ('failure' in saved) return saved;
    const attachment = attachmentOf(records(saved.value)[0]);
    return attachment === undefined ? broken('malformed photo') : { value: attachment };
  }

  private async step(method: string, params: VkParams, token: string): Promise<Step> {
    const result = await this.client.call(method, params, token);
    return result.kind === 'value' ? { value: result.value } : this.failed(result);
  }

  private failed(result: Exclude<WireResult, { kind: 'value' }>): Step {
    if (result.kind === 'error')
      return { failure: vkCallError(result.error, this.clock.now()), restart: restartsUpload(result.error) };
    return { failure: callFailure(VK_TITLE, result), restart: false };
  }
}

function attachmentOf(photo: JsonRecord | undefined): string | undefined {
  const owner = integer(photo?.['owner_id']);
  const id = integer(photo?.['id']);
  if (!owner || id === undefined || id <= 0) return undefined;
  const key = text(photo?.['access_key']);
  return key === undefined || !/^\w+$/.test(key) ? `photo${owner}_${id}` : `photo${owner}_${id}_${key}`;
}

function broken(why: string): Step {
  return { failure: callFailure(VK_TITLE, { kind: 'broken', why }), restart: false };
}

function rejected(restart: boolean): Step {
  const message =
    'сеть не приняла фотографию. Сохраните её как JPEG или PNG (до 50 МБ, сумма сторон до 14 000 точек) и загрузите снова.';
  return { failure: refusal(VK_TITLE, 'photo-rejected', message), restart };
}

function foreignAddress(): Step {
  const message =
    'адрес для загрузки ведёт не на серверы ВКонтакте, фотография не отправлена. Администратору: NETWORK_UPLOAD_HOSTS.';
  return { failure: refusal(VK_TITLE, 'upload-address-refused', message), restart: false };
}
