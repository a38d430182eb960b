import { usableMovie } from './movies.js';
import type { OkCall } from './ok.call.js';
import type { OkBlock } from './ok.model.js';
import {
  answerTooLong,
  badLink,
  badParam,
  badPhoto,
  notFound,
  questionTooLong,
  textTooLong,
  tooManyBlocks,
  wrongAnswerCount,
} from './ok.refusals.js';

export interface OkAttachment {
  blocks: OkBlock[];
  onBehalfOfGroup: boolean;
  commentsDisabled: boolean;
  publishAt: Date | null;
}

type Json = Record<string, unknown>;

const MOSCOW_OFFSET = '+03:00';
const POLL_OPTIONS = new Set(['SingleChoice', 'AnonymousVoting']);

/** Reads and checks the `attachment` parameter of `mediatopic.post` and `.edit`. */
export function readAttachment(call: OkCall, groupId: string): OkAttachment {
  const attachment = parseObject(call.required('attachment'));
  const media = attachment.media;
  if (!Array.isArray(media) || media.length === 0) throw badParam('attachment.media should be a non-empty list');
  if (media.length > call.state.settings.mostBlocks) throw tooManyBlocks();
  return {
    blocks: media.map((block: unknown) => readBlock(call, groupId, asObject(block))),
    onBehalfOfGroup: isTrue(attachment.onBehalfOfGroup),
    commentsDisabled: isTrue(attachment.disableComments),
    publishAt: readPublishAt(attachment),
  };
}

function readBlock(call: OkCall, groupId: string, block: Json): OkBlock {
  switch (block.type) {
    case 'text':
      return readText(call, block);
    case 'link':
      return readLink(block);
    case 'photo':
      return readPhotos(call, groupId, block);
    case 'movie':
      return readMovies(call, groupId, block);
    case 'poll':
      return readPoll(call, block);
    default:
      throw badParam(`attachment: unknown media type ${String(block.type)}`);
  }
}

function readText(call: OkCall, block: Json): OkBlock {
  const text = stringOf(block.text, 'text');
  if (text.length > call.state.settings.longestText) throw textTooLong();
  return { type: 'text', text };
}

function readLink(block: Json): OkBlock {
  const url = typeof block.url === 'string' ? block.url : '';
  if (!/^https?:\/\/[^\s/]+/i.test(url) || !URL.canParse(url)) throw badLink();
  return { type: 'link', url };
}

function readPhotos(call: OkCall, groupId: string, block: Json): OkBlock {
  const listed = block.list === undefined ? [block] : listOf(block.list);
  if (listed.length === 0) throw badParam('attachment: a photo block without photos');
  if (listed.length > call.state.settings.mostPhotos) throw tooManyBlocks();
  return { type: 'photo', photoIds: listed.map((entry) => photoIdOf(call, groupId, entry)) };
}

function photoIdOf(call: OkCall, groupId: string, entry: Json): string {
  const existing = entry.existing_photo_id ?? entry.photoId;
  const photo =
    typeof existing === 'string'
      ? call.state.photosById.get(existing)
      : call.state.photosByToken.get(stringOf(entry.id, 'photo token'));
  if (!photo || photo.groupId !== groupId) throw badPhoto();
  if (existing === undefined && photo.expiresAt <= call.at) throw badPhoto();
  return photo.id;
}

function readMovies(call: OkCall, groupId: string, block: Json): OkBlock {
  const movieIds = listOf(block.list).map(({ id }) => (typeof id === 'number' ? String(id) : stringOf(id, 'movie id')));
  if (movieIds.length === 0) throw badParam('attachment: a movie block without movies');
  if (!movieIds.every((id) => usableMovie(call, groupId, id))) throw notFound('movie');
  return { type: 'movie', movieIds };
}

function readPoll(call: OkCall, block: Json): OkBlock {
  const { longestQuestion, longestAnswer, mostAnswers } = call.state.settings;
  const question = stringOf(block.question, 'poll question');
  if (question.length > longestQuestion) throw questionTooLong();
  const answers = listOf(block.answers).map((answer) => stringOf(answer.text, 'poll answer'));
  if (answers.length < 2 || answers.length > mostAnswers) throw wrongAnswerCount();
  if (answers.some((answer) => answer.length > longestAnswer)) throw answerTooLong();
  return { type: 'poll', question, answers, options: readPollOptions(block.options) };
}

/** Other names of options may exist; as none is documented, none is accepted. */
function readPollOptions(value: unknown): string {
  if (value === undefined) return '';
  const options = typeof value === 'string' ? value.split(',') : [];
  if (options.length === 0 || !options.every((option) => POLL_OPTIONS.has(option)))
    throw badParam(`attachment: unknown poll options ${String(value)}`);
  return options.join(',');
}

function readPublishAt(attachment: Json): Date | null {
  if (attachment.publishAtMs !== undefined) {
    const ms = Number(attachment.publishAtMs);
    if (!Number.isSafeInteger(ms) || ms <= 0) throw badParam('attachment.publishAtMs should be milliseconds');
    return new Date(ms);
  }
  if (attachment.publishAt === undefined) return null;
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(String(attachment.publishAt)) ?? [];
  if (!day) throw badParam('attachment.publishAt should be YYYY-MM-DD hh:mm:ss');
  return new Date(`${day}T${time}${MOSCOW_OFFSET}`);
}

function parseObject(text: string): Json {
  try {
    return asObject(JSON.parse(text));
  } catch {
    throw badParam('attachment is not a JSON object');
  }
}

function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badParam('attachment: an object was expected');
  return value as Json;
}

function listOf(value: unknown): Json[] {
  if (!Array.isArray(value)) throw badParam('attachment: a list was expected');
  return value.map(asObject);
}

function stringOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw badParam(`attachment: ${what} is empty`);
  return value;
}

/** Both the strings of the documentation and JSON booleans are in use. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
