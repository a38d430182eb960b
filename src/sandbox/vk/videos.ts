import type { UploadUrl } from './photos.js';
import type { VkCall } from './vk.call.js';
import { badParam } from './vk.refusals.js';

/** Makes an empty video and the address for its file. */
export function videoSave(call: VkCall, uploadUrl: UploadUrl): unknown {
  const community = call.communityOfGroup();
  call.assertManages(community);
  // It would publish past everything that the caller knows about its posts.
  if (call.flag('wallpost')) throw badParam('wallpost is not spoken here');
  const title = call.text('name') || 'Без названия';
  const description = call.text('description');
  const video = call.addObject({
    kind: 'video',
    ownerId: -community.id,
    title,
    fields: { description, duration: 0, can_comment: call.flag('no_comments') ? 0 : 1 },
    arrivedAt: null,
    content: null,
  });
  return {
    upload_url: uploadUrl(call.openUpload('video', community, video.id).key),
    video_id: video.id,
    owner_id: video.ownerId,
    title,
    description,
    access_key: video.accessKey,
  };
}
