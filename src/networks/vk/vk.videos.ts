import type { VideoUpload } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { videoProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, record, text } from '../untrusted-json.js';
import { uploadTimeoutMs } from '../wire.js';
import { VK_TITLE } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { writingUserToken } from './vk.tokens.js';
import { attachmentOf, broken, type Step, type VkUploadFlow } from './vk.upload-flow.js';

/** A video of the community, two steps: VK documentation, `video.save`. Needs a user's token. */
export class VkVideos {
  constructor(private readonly flow: VkUploadFlow) {}

  /** Returns `video<owner>_<id>[_<access key>]` once VK has all bytes; it may be played minutes later. */
  async upload(page: PageRef, credentials: Credentials, video: VideoUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = videoProblem(VK_TITLE, VK_LIMITS, video);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    return this.flow.run(() => this.steps(page.externalId, chosen.token, video));
  }

  private async steps(groupId: string, token: string, video: VideoUpload): Promise<Step<string>> {
    // Without `wallpost=0` VK might post it by itself.
    const params = { group_id: groupId, name: video.title, wallpost: 0 };
    const saved = await this.flow.call('video.save', params, token);
    if ('failure' in saved) return saved;
    const given = record(saved.value);
    const attachment = attachmentOf('video', given && { ...given, id: given['video_id'] });
    if (attachment === undefined) return broken('malformed video');

    const file = { field: 'video_file', fileName: 'video.mp4', type: video.type, bytes: video };
    const uploaded = await this.flow.hand(given?.['upload_url'], file, uploadTimeoutMs(video.size));
    if ('failure' in uploaded) return uploaded;
    const answer = uploaded.value;
    if (answer['error'] !== undefined || text(answer['error_code']) !== undefined) return rejected();
    const id = integer(answer['video_id']);
    return id === undefined || id === given?.['video_id'] ? { value: attachment } : broken('another video');
  }
}

function rejected(): Step<never> {
  const message = 'сеть не приняла видео. Сохраните его как MP4 (H.264) и загрузите снова.';
  return { failure: refusal(VK_TITLE, 'video-rejected', message), restart: true };
}
