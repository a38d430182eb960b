import { getComments, getList } from './discussions.js';
import { getInfo, getUserGroupsByIds, urlGetInfo } from './groups.js';
import { getByIds, getTopics } from './mediatopic.reading.js';
import { deleteTopic, editTopic, getRepublishedTopic, pinGroupFeed, postTopic } from './mediatopics.js';
import type { OkCall } from './ok.call.js';
import { getVideoUploadUrl, updateVideo } from './movies.js';
import { getUploadUrl, type UploadUrl } from './photos.js';
import { getCounters, getStatOverview, getStatTopic, getStatTopics, getStatTrends } from './statistics.js';
import { getCallsLeft, getCurrentUser, hasAppPermission } from './users.js';

export type OkMethod = (call: OkCall, uploadUrl: UploadUrl) => unknown;

/** Whatever is missing here answers error 3, replies to comments among it: they are assumed closed to outside applications. */
export const OK_METHODS = new Map<string, OkMethod>([
  ['users.getCurrentUser', getCurrentUser],
  ['users.hasAppPermission', hasAppPermission],
  ['users.getCallsLeft', getCallsLeft],
  ['group.getInfo', getInfo],
  ['group.getUserGroupsByIds', getUserGroupsByIds],
  ['group.pinGroupFeed', pinGroupFeed],
  ['group.getCounters', getCounters],
  ['group.getStatOverview', getStatOverview],
  ['group.getStatTopic', getStatTopic],
  ['group.getStatTopics', getStatTopics],
  ['group.getStatTrends', getStatTrends],
  ['url.getInfo', urlGetInfo],
  ['photosV2.getUploadUrl', getUploadUrl],
  ['video.getUploadUrl', getVideoUploadUrl],
  ['video.update', updateVideo],
  ['mediatopic.post', postTopic],
  ['mediatopic.edit', editTopic],
  ['mediatopic.deleteTopic', deleteTopic],
  ['mediatopic.getTopics', getTopics],
  ['mediatopic.getByIds', getByIds],
  ['mediatopic.getRepublishedTopic', getRepublishedTopic],
  ['discussions.getList', getList],
  ['discussions.getComments', getComments],
]);

export const NEEDS_NO_SESSION: ReadonlySet<string> = new Set(['group.getInfo', 'group.getCounters', 'url.getInfo']);
