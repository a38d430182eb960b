import { objectView } from './object.views.js';
import type { VkAttached, VkAttachment, VkComment, VkCommunity, VkPhoto, VkPost } from './vk.model.js';
import { objectKey, type VkState } from './vk.state.js';

/** `at`: the instant of the call, since what hangs on a post may still be changing. */
export function postView(state: VkState, community: VkCommunity | null, post: VkPost, at: Date): Record<string, unknown> {
  const { views, likes, reposts } = state.numbers.ofPost(post.ownerId, post.id);
  return {
    id: post.id,
    owner_id: post.ownerId,
    from_id: post.fromId,
    ...(post.createdBy !== post.fromId && { created_by: post.createdBy }),
    date: seconds(post.date),
    ...(post.editedAt && { edited: seconds(post.editedAt) }),
    marked_as_ads: post.markedAsAds ? 1 : 0,
    post_type: post.kind,
    type: 'post',
    text: post.text,
    attachments: post.attachments.map((attached) => attachmentView(state, attached, at)),
    ...(community?.pinnedPostId === post.id && { is_pinned: 1 }),
    ...(post.postponedId !== null && { postponed_id: post.postponedId }),
    ...(post.signerId !== null && { signer_id: post.signerId }),
    ...(post.copyright !== null && { copyright: { link: post.copyright, name: post.copyright, type: 'external_link' } }),
    comments: { can_post: post.commentsClosed ? 0 : 1, count: post.comments.filter(({ deleted }) => !deleted).length },
    likes: { can_like: 1, count: likes, user_likes: 0, can_publish: 1 },
    reposts: { count: reposts, wall_count: reposts, mail_count: 0, user_reposted: 0 },
    views: { count: views },
  };
}

function attachmentView(state: VkState, attached: VkAttached, at: Date): Record<string, unknown> {
  if (!isReference(attached)) {
    return { type: 'link', link: { url: attached.url, title: attached.url, description: '', caption: hostOf(attached.url) } };
  }
  const key = objectKey(attached.kind, attached.ownerId, attached.id);
  const photo = state.photos.get(key);
  if (photo) return { type: 'photo', photo: photoView(state, photo) };
  const object = state.objects.get(key);
  const body = object ? objectView(state, object, at) : { id: attached.id, owner_id: attached.ownerId };
  return { type: attached.kind, [attached.kind]: body };
}

export function photoView(state: VkState, photo: VkPhoto): Record<string, unknown> {
  const { width, height } = photo.facts;
  const url = `${state.publicOrigin}/images/vk/${photo.ownerId}_${photo.id}`;
  return {
    album_id: photo.album === 'wall' ? -14 : -3,
    date: seconds(photo.date),
    id: photo.id,
    owner_id: photo.ownerId,
    access_key: photo.accessKey,
    sizes: [{ type: 'w', url, width, height }],
    text: photo.caption,
    web_view_token: photo.accessKey,
    has_tags: false,
    orig_photo: { type: 'base', url, width, height },
  };
}

export function commentView(state: VkState, post: VkPost, comment: VkComment, at: Date): Record<string, unknown> {
  const replied = post.comments.find(({ id }) => id === comment.replyTo);
  return {
    id: comment.id,
    from_id: comment.fromId,
    date: seconds(comment.date),
    text: comment.text,
    post_id: post.id,
    owner_id: post.ownerId,
    parents_stack: replied ? [replied.id] : [],
    ...(replied && { reply_to_user: replied.fromId, reply_to_comment: replied.id }),
    attachments: comment.attachments.map((attached) => attachmentView(state, attached, at)),
    likes: { can_like: 1, count: 0, user_likes: 0 },
    ...(!replied && { thread: { count: 0, items: [], can_post: !post.commentsClosed, show_reply_button: true } }),
    ...(comment.fromId === post.fromId && { is_from_post_author: true }),
  };
}

/** The people and communities that an `extended=1` answer names. */
export function extendedViews(
  state: VkState,
  authors: readonly { fromId: number }[],
): { profiles: unknown[]; groups: unknown[] } {
  const ids = [...new Set(authors.map(({ fromId }) => fromId))];
  return {
    profiles: ids.flatMap((id) => {
      const user = state.users.get(id);
      return user ? [userView(user)] : [];
    }),
    groups: ids.flatMap((id) => {
      const community = state.findCommunity(-id);
      return community
        ? [{ id: community.id, name: community.name, screen_name: community.screenName, is_closed: 0, type: 'page' }]
        : [];
    }),
  };
}

export function userView(user: { id: number; firstName: string; lastName: string }): Record<string, unknown> {
  return { id: user.id, first_name: user.firstName, last_name: user.lastName, can_access_closed: true, is_closed: false };
}

export function isReference(attached: VkAttached): attached is VkAttachment {
  return !('url' in attached);
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
