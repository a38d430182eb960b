import type { Clock } from '../../platform/clock/clock.js';
import type { VideoUpload } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { videoProblem } from '../post-content.js';
import { badPageId, isPageId } from '../refusal.js';
import { idOf, record, text } from '../untrusted-json.js';
import { callFailure, uploadTimeoutMs, type WireResult } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { OK_LIMITS } from './ok.limits.js';
import { foreignAddress } from './ok.photos.js';
import { sessionOf } from './ok.session.js';

/** A video of the group, three steps: OK documentation, `video.getUploadUrl` and `video.update`. Needs VIDEO_CONTENT. */
export class OkVideos {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  /** Returns the video's id. The name of the form's field isn't documented (_unconfirmed_). */
  async upload(page: PageRef, credentials: Credentials, video: VideoUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    const problem = videoProblem(OK_TITLE, OK_LIMITS, video);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const { session } = opened;

    const asked = { gid: page.externalId, file_name: 'video.mp4', file_size: String(video.size), post_form: 'true' };
    const given = await this.client.call('video.getUploadUrl', asked, session);
    if (given.kind !== 'value') return this.failed(given);
    const answer = record(given.value);
    const address = text(answer?.['upload_url']);
    const id = idOf(answer?.['video_id']) ?? idOf(answer?.['vid']);
    if (address === undefined || id === undefined) return this.failed({ kind: 'broken', why: 'no upload_url' });

    const file = { field: 'file', fileName: 'video.mp4', type: video.type, bytes: video };
    const uploaded = await this.client.uploadVideo(address, file, uploadTimeoutMs(video.size));
    if (uploaded === undefined) return foreignAddress();
    if (uploaded.kind !== 'value') return this.failed(uploaded);

    // Until it is named, the video is a draft.
    const named = await this.client.call('video.update', { vid: id, title: video.title }, session);
    if (named.kind !== 'value') return this.failed(named);
    return { kind: 'done', value: id };
  }

  private failed(result: Exclude<WireResult, { kind: 'value' }>): CallOutcome<never> {
    return result.kind === 'error' ? okCallError(result.error, this.clock.now()) : callFailure(OK_TITLE, result);
  }
}
