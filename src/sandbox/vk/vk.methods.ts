import { createComment, deleteComment, getComments, restoreComment } from './comments.js';
import { docsGetWallUploadServer, docsSave } from './documents.js';
import { getAddresses, getById, getTokenPermissions, resolveScreenName } from './groups.js';
import { getMessagesUploadServer, getWallUploadServer, saveMessagesPhoto, saveWallPhoto, type UploadUrl } from './photos.js';
import { pollsCreate } from './polls.js';
import { getPostReach, statsGet } from './statistics.js';
import { getAppPermissions, usersGet } from './users.js';
import { videoSave } from './videos.js';
import type { VkCall } from './vk.call.js';
import { closeComments, openComments, wallDelete, wallPin, wallRestore, wallUnpin } from './wall.changes.js';
import { wallEdit } from './wall.edit.js';
import { wallPost } from './wall.post.js';
import { wallGet, wallGetById } from './wall.reading.js';

export type VkMethod = (call: VkCall, uploadUrl: UploadUrl) => unknown;

/** Names are case-sensitive; whatever is missing here answers error 3. */
export const VK_METHODS = new Map<string, VkMethod>([
  ['wall.post', wallPost],
  ['wall.edit', wallEdit],
  ['wall.delete', wallDelete],
  ['wall.restore', wallRestore],
  ['wall.pin', wallPin],
  ['wall.unpin', wallUnpin],
  ['wall.openComments', openComments],
  ['wall.closeComments', closeComments],
  ['wall.get', wallGet],
  ['wall.getById', wallGetById],
  ['wall.getComments', getComments],
  ['wall.createComment', createComment],
  ['wall.deleteComment', deleteComment],
  ['wall.restoreComment', restoreComment],
  ['photos.getWallUploadServer', getWallUploadServer],
  ['photos.saveWallPhoto', saveWallPhoto],
  ['photos.getMessagesUploadServer', getMessagesUploadServer],
  ['photos.saveMessagesPhoto', saveMessagesPhoto],
  ['docs.getWallUploadServer', docsGetWallUploadServer],
  ['docs.save', docsSave],
  ['video.save', videoSave],
  ['polls.create', pollsCreate],
  ['groups.getById', getById],
  ['groups.getAddresses', getAddresses],
  ['groups.getTokenPermissions', getTokenPermissions],
  ['stats.get', statsGet],
  ['stats.getPostReach', getPostReach],
  ['users.get', usersGet],
  ['account.getAppPermissions', getAppPermissions],
  ['utils.resolveScreenName', resolveScreenName],
]);
