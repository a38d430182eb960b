import type { OkBlock, OkGroup, OkTopic } from '../ok/ok.model.js';
import type { OkSandbox } from '../ok/ok.sandbox.js';
import type { OkState } from '../ok/ok.state.js';
import type { Wall, WallPart, WallPost } from './wall-post.js';

export function okWall(state: OkState, ok: OkSandbox, group: OkGroup): Wall {
  const topics = ok.topics(group.id);
  const isPinned = (topic: OkTopic): boolean => topic.id === group.pinnedTopicId;
  const ordered = [...topics.filter(isPinned), ...topics.filter((topic) => !isPinned(topic))];
  return {
    network: 'ok',
    path: `/ok/${group.id}`,
    name: group.name,
    description: group.description,
    posts: ordered.map((topic) => okWallPost(state, group, topic)),
    waiting: ok.delayed(group.id).map((topic) => ({ at: topic.createdAt, text: textOf(topic) })),
  };
}

function okWallPost(state: OkState, group: OkGroup, topic: OkTopic): WallPost {
  return {
    permalink: `/group/${topic.groupId}/topic/${topic.id}`,
    author: authorName(state, topic.authorRef),
    at: topic.createdAt,
    editedAt: topic.editedAt,
    pinned: topic.id === group.pinnedTopicId,
    parts: topic.blocks.flatMap((block) => partsOf(state, block)),
    comments: topic.comments.map((comment) => ({ author: comment.authorName, at: comment.date, text: comment.text })),
  };
}

function partsOf(state: OkState, block: OkBlock): WallPart[] {
  switch (block.type) {
    case 'text':
      return [{ kind: 'text', text: block.text }];
    case 'link':
      return [{ kind: 'link', url: block.url }];
    case 'photo':
      return [{ kind: 'photos', urls: block.photoIds.map((id) => `/images/ok/${encodeURIComponent(id)}`) }];
    case 'movie':
      return block.movieIds.map((id) => ({ kind: 'video', title: state.moviesById.get(id)?.title ?? id, processing: false }));
    case 'poll':
      return [{ kind: 'poll', question: block.question, answers: block.answers }];
  }
}

function textOf(topic: OkTopic): string {
  return topic.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

function authorName(state: OkState, ref: string): string {
  const [kind, id = ''] = ref.split(':');
  if (kind === 'group') return state.groups.get(id)?.name ?? `Группа ${id}`;
  return state.users.get(id)?.name ?? `Пользователь ${id}`;
}
