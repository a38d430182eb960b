import { isProcessing } from '../vk/object.views.js';
import type { VkAttached, VkCommunity, VkObject, VkPost } from '../vk/vk.model.js';
import type { VkSandbox } from '../vk/vk.sandbox.js';
import { objectKey, type VkState } from '../vk/vk.state.js';
import type { Wall, WallPart, WallPost } from './wall-post.js';

export function vkWall(state: VkState, vk: VkSandbox, community: VkCommunity, now: Date): Wall {
  const posts = vk.posts(community.id);
  const isPinned = (post: VkPost): boolean => post.id === community.pinnedPostId;
  const ordered = [...posts.filter(isPinned), ...posts.filter((post) => !isPinned(post))];
  return {
    network: 'vk',
    path: `/vk/${community.id}`,
    name: community.name,
    description: community.description,
    posts: ordered.map((post) => vkWallPost(state, community, post, now)),
    waiting: vk.postponed(community.id).map((post) => ({ at: post.date, text: post.text })),
  };
}

function vkWallPost(state: VkState, community: VkCommunity, post: VkPost, now: Date): WallPost {
  return {
    permalink: `/wall${post.ownerId}_${post.id}`,
    author: authorName(state, post.fromId),
    at: post.date,
    editedAt: post.editedAt,
    pinned: post.id === community.pinnedPostId,
    parts: partsOf(state, post, now),
    comments: post.comments
      .filter(({ deleted }) => !deleted)
      .map((comment) => ({ author: authorName(state, comment.fromId), at: comment.date, text: comment.text })),
  };
}

function partsOf(state: VkState, post: VkPost, now: Date): WallPart[] {
  const text: WallPart[] = post.text === '' ? [] : [{ kind: 'text', text: post.text }];
  const keys = post.attachments.flatMap((attached) => ('url' in attached ? [] : [keyOf(attached)]));
  const urls = keys.filter((key) => state.photos.has(key)).map((key) => `/images/vk/${key.replace(/^photo/, '')}`);
  const photos: WallPart[] = urls.length === 0 ? [] : [{ kind: 'photos', urls }];
  return [...text, ...photos, ...post.attachments.flatMap((attached) => otherPart(state, attached, now))];
}

function otherPart(state: VkState, attached: VkAttached, now: Date): WallPart[] {
  if ('url' in attached) return [{ kind: 'link', url: attached.url }];
  const object = state.objects.get(keyOf(attached));
  if (!object) return [];
  switch (object.kind) {
    case 'video':
      return [{ kind: 'video', title: object.title, processing: isProcessing(state, object, now) }];
    case 'doc':
      return [{ kind: 'document', title: object.title, about: aboutDocument(object), url: `/doc${object.ownerId}_${object.id}` }];
    case 'poll': {
      const answers = object.fields.answers as { text: string }[];
      return [{ kind: 'poll', question: object.title, answers: answers.map(({ text }) => text) }];
    }
  }
}

function aboutDocument({ fields, content }: VkObject): string {
  return `${String(fields.ext).toUpperCase()}, ${Math.ceil((content?.length ?? 0) / 1024)} КБ`;
}

function keyOf(attached: Exclude<VkAttached, { url: string }>): string {
  return objectKey(attached.kind, attached.ownerId, attached.id);
}

function authorName(state: VkState, id: number): string {
  if (id < 0) return state.findCommunity(-id)?.name ?? `Сообщество ${-id}`;
  const user = state.users.get(id);
  return user ? `${user.firstName} ${user.lastName}` : `Пользователь ${id}`;
}
