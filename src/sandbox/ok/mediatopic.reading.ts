import { deleteIdOf, pinIdOf } from './mediatopics.js';
import type { OkCall } from './ok.call.js';
import type { OkBlock, OkTopic } from './ok.model.js';
import { badParam } from './ok.refusals.js';

export function getTopics(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const group = call.group();
  const topics = call.state.topicsOf(group.id).filter((topic) => !topic.deleted && isListed(call, topic));
  const ordered = topics.sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime() || byId(right, left));
  const start = anchorPosition(call, ordered);
  const page = ordered.slice(start, start + call.count('count', 10, 100));
  const next = ordered[start + page.length];
  return {
    media_topics: page.map((topic) => topicView(call, topic)),
    has_more: next !== undefined,
    ...(next && { anchor: next.id }),
  };
}

export function getByIds(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const ids = call.list('topic_ids');
  if (ids.length === 0) throw badParam('Missing required parameter topic_ids');
  const found = ids.flatMap((id) => {
    const topic = call.state.findTopic(id);
    return topic && isReadable(call, topic) ? [topic] : [];
  });
  const mediaLimit = call.count('media_limit', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return { media_topics: found.map((topic) => topicView(call, topic, mediaLimit)) };
}

export function hasAppeared(call: OkCall, topic: OkTopic): boolean {
  return topic.state === 'live' && topic.createdAt.getTime() + call.state.settings.lookupLagMs <= call.at.getTime();
}

/** Which filter lists delayed topics is not documented; the name of the counter is taken. */
function isListed(call: OkCall, topic: OkTopic): boolean {
  switch (call.text('filter')) {
    case 'DELAYED_TOPICS':
      return topic.state === 'delayed';
    case 'SUGGESTED_TOPICS':
      return topic.state === 'suggested';
    default:
      return hasAppeared(call, topic) && !topic.hidden;
  }
}

function isReadable(call: OkCall, topic: OkTopic): boolean {
  return topic.state !== 'live' || hasAppeared(call, topic);
}

function topicView(call: OkCall, topic: OkTopic, mediaLimit = Number.MAX_SAFE_INTEGER): Record<string, unknown> {
  const group = call.state.groups.get(topic.groupId);
  const { likes = 0, reshares = 0, views = 0 } = call.state.numbers.ofTopic(topic.id);
  return {
    id: topic.id,
    ref: `group_topic:${topic.id}`,
    created_ms: topic.createdAt.getTime(),
    author_ref: topic.authorRef,
    owner_ref: `group:${topic.groupId}`,
    media: topic.blocks.slice(0, mediaLimit).map((block) => blockView(call, block)),
    has_more: topic.blocks.length > mediaLimit,
    is_promo: false,
    pinned: group?.pinnedTopicId === topic.id,
    delete_id: deleteIdOf(topic),
    pin_id: pinIdOf(topic),
    discussion_summary: { comments_count: topic.comments.length, discussion_id: topic.id, discussion_type: 'GROUP_TOPIC' },
    like_summary: { count: likes, self: false },
    reshare_summary: { count: reshares, self: false },
    views_count: views,
  };
}

function blockView(call: OkCall, block: OkBlock): Record<string, unknown> {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'link':
      return { type: 'link', url: block.url, title: block.url };
    case 'photo':
      return { type: 'photo', photos: block.photoIds.map((id) => photoView(call, id)) };
    case 'movie':
      return { type: 'movie', movies: block.movieIds.map((id) => ({ id, title: call.state.moviesById.get(id)?.title })) };
    case 'poll':
      return {
        type: 'poll',
        polls: [{ question: block.question, answers: block.answers.map((text) => ({ text, vote_count: 0 })) }],
      };
  }
}

function photoView(call: OkCall, id: string): Record<string, unknown> {
  const facts = call.state.photosById.get(id)?.facts;
  const url = `${call.state.publicOrigin}/images/ok/${encodeURIComponent(id)}`;
  return { id, pic_max: url, standard_width: facts?.width, standard_height: facts?.height };
}

function anchorPosition(call: OkCall, ordered: readonly OkTopic[]): number {
  const anchor = call.text('anchor');
  return anchor === ''
    ? 0
    : Math.max(
        0,
        ordered.findIndex(({ id }) => id === anchor),
      );
}

function byId(left: OkTopic, right: OkTopic): number {
  return Number(BigInt(left.id) - BigInt(right.id));
}
