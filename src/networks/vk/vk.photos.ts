import type { PhotoUpload } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { photoProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, record, records } from '../untrusted-json.js';
import { UPLOAD_TIMEOUT_MS } from '../wire.js';
import { VK_TITLE } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { writingUserToken } from './vk.tokens.js';
import { attachmentOf, broken, type Step, type VkUploadFlow } from './vk.upload-flow.js';

/** A photo for a wall post, three steps: VK documentation, "upload a photo to a wall". Needs a user's token. */
export class VkPhotos {
  constructor(private readonly flow: VkUploadFlow) {}

  /** Returns `photo<owner>_<id>[_<access key>]`. */
  async upload(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = photoProblem(VK_TITLE, VK_LIMITS, photo);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    return this.flow.run(() => this.steps(page.externalId, chosen.token, photo));
  }

  private async steps(groupId: string, token: string, photo: PhotoUpload): Promise<Step<string>> {
    const server = await this.flow.call('photos.getWallUploadServer', { group_id: groupId }, token);
    if ('failure' in server) return server;
    const fileName = photo.type === 'image/png' ? 'photo.png' : 'photo.jpg';
    const file = { field: 'photo', fileName, type: photo.type, bytes: photo.bytes };
    const uploaded = await this.flow.hand(record(server.value)?.['upload_url'], file, UPLOAD_TIMEOUT_MS);
    if ('failure' in uploaded) return uploaded;
    if (uploaded.value['error'] !== undefined) return rejected(true);
    const { photo: stored, server: number, hash } = uploaded.value;
    // VK says "rejected" with HTTP 200 and an empty photo.
    if (stored === '' || stored === '[]') return rejected(false);
    if (typeof stored !== 'string' || integer(number) === undefined || typeof hash !== 'string')
      return broken('malformed upload answer');

    const params = { group_id: groupId, photo: stored, server: Number(number), hash };
    const saved = await this.flow.call('photos.saveWallPhoto', params, token);
    if ('failure' in saved) return saved;
    const attachment = attachmentOf('photo', records(saved.value)[0]);
    return attachment === undefined ? broken('malformed photo') : { value: attachment };
  }
}

function rejected(restart: boolean): Step<never> {
  const message =
    'сеть не приняла фотографию. Сохраните её как JPEG или PNG (до 50 МБ, сумма сторон до 14 000 точек) и загрузите снова.';
  return { failure: refusal(VK_TITLE, 'photo-rejected', message), restart };
}
