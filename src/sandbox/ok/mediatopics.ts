import { readAttachment } from './mediatopic.attachment.js';
import type { OkCall } from './ok.call.js';
import type { OkGroup, OkTopic } from './ok.model.js';
import { badParam, editWindowOver, notFound, permissionDenied } from './ok.refusals.js';

const STATE_OF_TYPE: Record<string, OkTopic['state']> = {
  GROUP_THEME: 'live',
  GROUP_THEME_PROMO: 'live',
  GROUP_SUGGESTED: 'suggested',
};

/** Answers the topic's id as a bare string. Nothing protects from a repeat: a second call makes a second topic. */
export function postTopic(call: OkCall): string {
  call.assertGranted('VALUABLE_ACCESS', 'GROUP_CONTENT');
  const state = STATE_OF_TYPE[call.required('type')];
  if (!state) throw badParam('type is not supported');
  const group = call.group();
  if (state === 'live') call.assertRuns(group);
  const attachment = readAttachment(call, group.id);
  const isDelayed = attachment.publishAt !== null && attachment.publishAt > call.at;
  if (attachment.publishAt !== null && !isDelayed) throw badParam('attachment.publishAt is in the past');
  const topic = call.state.addTopic({
    id: call.state.nextTopicId(),
    groupId: group.id,
    authorRef: attachment.onBehalfOfGroup ? `group:${group.id}` : `user:${call.token.userId}`,
    createdAt: attachment.publishAt ?? call.at,
    blocks: attachment.blocks,
    state: isDelayed ? 'delayed' : state,
    formerId: null,
    commentsDisabled: attachment.commentsDisabled,
    hidden: call.text('hidden_post') === 'true',
    editedAt: null,
    deleted: false,
    comments: [],
  });
  call.markChanged(group.id, topic.id);
  return topic.id;
}

/** Replaces every block: what is not sent again is gone. */
export function editTopic(call: OkCall): boolean {
  call.assertGranted('VALUABLE_ACCESS', 'GROUP_CONTENT');
  const topic = runTopic(call, call.required('topic_id'));
  assertMayEdit(call, topic);
  const attachment = readAttachment(call, topic.groupId);
  if (attachment.publishAt && topic.state !== 'delayed') throw badParam('attachment.publishAt: the topic is not delayed');
  if (attachment.publishAt && attachment.publishAt <= call.at) throw badParam('attachment.publishAt is in the past');
  Object.assign(topic, { blocks: attachment.blocks, editedAt: call.at, commentsDisabled: attachment.commentsDisabled });
  if (attachment.publishAt) topic.createdAt = attachment.publishAt;
  call.markChanged(topic.groupId, topic.id);
  return true;
}

function assertMayEdit(call: OkCall, topic: OkTopic): void {
  const isOurs = topic.authorRef === `group:${topic.groupId}` || topic.authorRef === `user:${call.token.userId}`;
  if (!isOurs && topic.state !== 'suggested') throw permissionDenied('The topic is another person’s');
  const { editWindowMs } = call.state.settings;
  const isOver = editWindowMs !== null && topic.createdAt.getTime() + editWindowMs <= call.at.getTime();
  if (isOver && topic.state === 'live') throw editWindowOver();
}

/** Clients in the field send `topic_id` with `gid`, or `delete_id` alone: both are understood. */
export function deleteTopic(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS', 'GROUP_CONTENT');
  const byTopicId = call.text('topic_id');
  const topic = runTopic(call, byTopicId === '' ? topicIdOfDeleteId(call.required('delete_id')) : byTopicId);
  if (byTopicId !== '' && call.group().id !== topic.groupId) throw notFound('topic');
  topic.deleted = true;
  const group = groupOf(call, topic);
  if (group.pinnedTopicId === topic.id) group.pinnedTopicId = null;
  call.markChanged(topic.groupId, topic.id);
  return { success: true, restore_id: call.state.opaque('restore') };
}

export function pinGroupFeed(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS', 'GROUP_CONTENT');
  const topic = runTopic(call, topicIdOfPinId(call.required('pin_id')));
  groupOf(call, topic).pinnedTopicId = topic.id;
  call.markChanged(topic.groupId, topic.id);
  return { success: true };
}

export function getRepublishedTopic(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const former = call.required('topic_id');
  const republished = call.state.findRepublished(former) ?? call.state.findTopic(former);
  if (!republished) throw notFound('topic');
  return republished.id;
}

export const deleteIdOf = (topic: OkTopic): string => `d:${topic.groupId}:${topic.id}`;
export const pinIdOf = (topic: OkTopic): string => `p:${topic.groupId}:${topic.id}`;

function topicIdOfDeleteId(deleteId: string): string {
  return /^d:\d+:(\d+)$/.exec(deleteId)?.[1] ?? deleteId;
}

function topicIdOfPinId(pinId: string): string {
  const id = /^p:\d+:(\d+)$/.exec(pinId)?.[1];
  if (!id) throw badParam('pin_id is invalid');
  return id;
}

function runTopic(call: OkCall, id: string): OkTopic {
  const topic = call.state.findTopic(id);
  if (!topic) throw notFound('topic');
  call.assertRuns(groupOf(call, topic));
  return topic;
}

function groupOf(call: OkCall, topic: OkTopic): OkGroup {
  const group = call.state.groups.get(topic.groupId);
  if (!group) throw notFound('group');
  return group;
}
