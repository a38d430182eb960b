import { hasAppeared } from './mediatopic.reading.js';
import type { OkCall } from './ok.call.js';
import type { OkComment, OkTopic } from './ok.model.js';
import { badParam, notFound } from './ok.refusals.js';

const MOSCOW_OFFSET_MS = 3 * 60 * 60 * 1000;

/** Discussions of the groups that the caller runs, newest first. */
export function getList(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const groups = [...call.state.groups.values()].filter(({ members }) => members.has(call.token.userId));
  const topics = groups
    .flatMap((group) => call.state.topicsOf(group.id))
    .filter((topic) => !topic.deleted && hasAppeared(call, topic))
    .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
  return { discussions: topics.slice(0, call.count('count', 20, 100)).map(discussionView), has_more: false };
}

/** Pages by position: the anchor of a page is the id of the first comment of the next. */
export function getComments(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const topic = call.state.findTopic(call.required('discussionId'));
  if (call.required('discussionType') !== 'GROUP_TOPIC') throw badParam('discussionType is not supported');
  if (!topic) throw notFound('discussion');
  const anchor = call.text('anchor') || 'FIRST';
  const backward = call.text('direction') === 'BACKWARD' || anchor === 'LAST';
  const ordered = backward ? [...topic.comments].reverse() : topic.comments;
  const start = Math.max(
    0,
    ordered.findIndex(({ id }) => id === anchor),
  );
  const page = ordered.slice(start, start + call.count('count', 20, 100));
  const next = ordered[start + page.length];
  return {
    comments: page.map((comment) => commentView(topic, comment)),
    has_more: next !== undefined,
    ...(next && { anchor: next.id }),
    entities: { users: authorsOf(page) },
  };
}

function discussionView(topic: OkTopic): Record<string, unknown> {
  const text = topic.blocks.find((block) => block.type === 'text')?.text ?? '';
  return {
    object_type: 'GROUP_TOPIC',
    object_id: topic.id,
    title: text.slice(0, 100),
    creation_date: moscowTime(topic.createdAt),
    new_comments_count: topic.comments.length,
    total_comments_count: topic.comments.length,
    ref_objects: [{ type: 'GROUP', id: topic.groupId }],
  };
}

function commentView(topic: OkTopic, comment: OkComment): Record<string, unknown> {
  const replied = topic.comments.find(({ id }) => id === comment.replyTo);
  return {
    id: comment.id,
    author_id: comment.authorRef.split(':')[1],
    author_name: comment.authorName,
    author_ref: comment.authorRef,
    author_type: comment.authorRef.startsWith('group:') ? 'GROUP' : 'USER',
    text: comment.text,
    date: moscowTime(comment.date),
    date_ms: comment.date.getTime(),
    type: 'ACTIVE_MESSAGE',
    ...(replied && { reply_to_comment_id: replied.id, reply_to_name: replied.authorName }),
    like_count: 0,
    liked_it: false,
    attachments: [],
  };
}

function authorsOf(comments: readonly OkComment[]): unknown[] {
  const people = comments.filter(({ authorRef }) => authorRef.startsWith('user:'));
  const byRef = new Map(people.map(({ authorRef, authorName }) => [authorRef, authorName]));
  return [...byRef].map(([ref, name]) => ({ uid: ref.slice('user:'.length), name, ref }));
}

function moscowTime(at: Date): string {
  return new Date(at.getTime() + MOSCOW_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
