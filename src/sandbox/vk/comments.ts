import type { VkCall } from './vk.call.js';
import type { VkComment, VkPost } from './vk.model.js';
import { badParam, commentNotAccessible, commentNotDeleted, commentsClosed } from './vk.refusals.js';
import { readAttachments } from './wall.attachments.js';
import { commentView, extendedViews } from './wall.views.js';

export function getComments(call: VkCall): unknown {
  const post = call.post(call.int('owner_id'), call.int('post_id'));
  const all = post.comments.filter(({ deleted }) => !deleted);
  const threadOf = call.optionalInt('comment_id');
  const level = all.filter((comment) => comment.replyTo === threadOf);
  if (call.text('sort') === 'desc') level.reverse();
  const start = startOf(call, level);
  const page = level.slice(start, start + call.count('count', 10, 100));
  const threadItems = call.count('thread_items_count', 0, 10);
  return {
    count: all.length,
    items: page.map((comment) => withThread(call, post, comment, threadItems)),
    ...(call.flag('extended') && { ...extendedViews(call.state, page), post_author_id: post.fromId }),
    current_level_count: level.length,
    can_post: !post.commentsClosed,
    show_reply_button: true,
    groups_can_post: true,
  };
}

export function createComment(call: VkCall): { comment_id: number; parents_stack: number[] } {
  const post = call.post(call.int('owner_id'), call.int('post_id'));
  const groupId = fromGroup(call, post);
  const text = call.text('message');
  const attachments = readAttachments(call, -post.ownerId);
  if (text.trim() === '' && attachments.length === 0) throw badParam('message is undefined');
  const parent = parentOf(call, post);
  const known = knownRepeat(call);
  if (known !== null) return { comment_id: known, parents_stack: parent === null ? [] : [parent] };
  if (post.commentsClosed) throw commentsClosed();
  const comment: VkComment = {
    id: call.state.nextId(),
    fromId: groupId === null ? (call.token.userId ?? post.ownerId) : -groupId,
    date: call.at,
    text,
    replyTo: parent,
    attachments,
    deleted: false,
  };
  post.comments.push(comment);
  if (call.text('guid') !== '') call.state.guids.set(guidKey(call), { postId: comment.id, at: call.at });
  call.markChanged(post.ownerId, post.id);
  return { comment_id: comment.id, parents_stack: parent === null ? [] : [parent] };
}

export function deleteComment(call: VkCall): 1 {
  const { post, comment } = findManaged(call);
  if (comment.deleted) throw commentNotAccessible();
  comment.deleted = true;
  call.markChanged(post.ownerId, post.id);
  return 1;
}

export function restoreComment(call: VkCall): 1 {
  const { post, comment } = findManaged(call);
  if (!comment.deleted) throw commentNotDeleted();
  comment.deleted = false;
  call.markChanged(post.ownerId, post.id);
  return 1;
}

function findManaged(call: VkCall): { post: VkPost; comment: VkComment } {
  const community = call.communityOfOwner();
  const id = call.int('comment_id');
  for (const post of call.state.wallOf(-community.id)) {
    const comment = post.comments.find((candidate) => candidate.id === id);
    if (!comment || post.deleted) continue;
    if (!call.canManage(community)) throw commentNotAccessible();
    return { post, comment };
  }
  throw commentNotAccessible();
}

function startOf(call: VkCall, level: readonly VkComment[]): number {
  const startId = call.optionalInt('start_comment_id');
  const from =
    startId === null
      ? 0
      : Math.max(
          0,
          level.findIndex(({ id }) => id === startId),
        );
  return from + call.count('offset', 0, Number.MAX_SAFE_INTEGER);
}

function withThread(call: VkCall, post: VkPost, comment: VkComment, most: number): Record<string, unknown> {
  const view = commentView(call.state, post, comment, call.at);
  const replies = post.comments.filter(({ replyTo, deleted }) => replyTo === comment.id && !deleted);
  if (replies.length === 0) return view;
  const items = replies.slice(0, most).map((reply) => commentView(call.state, post, reply, call.at));
  return { ...view, thread: { count: replies.length, items, can_post: !post.commentsClosed, show_reply_button: true } };
}

function fromGroup(call: VkCall, post: VkPost): number | null {
  if (call.token.kind === 'community') return call.token.groupId;
  const groupId = call.optionalInt('from_group');
  if (groupId === null || groupId === 0) return null;
  const community = call.state.findCommunity(groupId);
  if (!community || !call.canManage(community)) throw badParam(`from_group is invalid for post ${post.id}`);
  return groupId;
}

/** VK keeps two levels only: a reply to a reply stands in the same thread. */
function parentOf(call: VkCall, post: VkPost): number | null {
  const repliedId = call.optionalInt('reply_to_comment');
  if (repliedId === null) return null;
  const replied = post.comments.find((comment) => comment.id === repliedId && !comment.deleted);
  if (!replied) throw commentNotAccessible();
  return replied.replyTo ?? replied.id;
}

function knownRepeat(call: VkCall): number | null {
  const known = call.text('guid') === '' ? undefined : call.state.guids.get(guidKey(call));
  return known && known.at.getTime() + call.state.settings.guidLifeMs > call.at.getTime() ? known.postId : null;
}

function guidKey(call: VkCall): string {
  return `comment:${call.token.token}:${call.text('guid')}`;
}
