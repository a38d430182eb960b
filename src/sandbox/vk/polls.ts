import { objectView } from './object.views.js';
import type { VkCall } from './vk.call.js';
import { badParam } from './vk.refusals.js';

const MOST_ANSWERS = 10;

export function pollsCreate(call: VkCall): unknown {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const question = call.text('question');
  if (question.trim() === '') throw badParam('question is undefined');
  const answers = readAnswers(call.text('add_answers')).map((text) => ({ id: call.state.nextId(), text, votes: 0, rate: 0 }));
  const poll = call.addObject({
    kind: 'poll',
    ownerId: -community.id,
    title: question,
    fields: {
      answers,
      anonymous: call.flag('is_anonymous'),
      multiple: call.flag('is_multiple'),
      end_date: readEndDate(call),
      votes: 0,
      closed: false,
    },
    arrivedAt: call.at,
    content: null,
  });
  return objectView(call.state, poll, call.at);
}

function readAnswers(json: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw badParam('add_answers is not a JSON array');
  }
  if (!Array.isArray(parsed) || !parsed.every(isText)) throw badParam('add_answers should be a list of texts');
  if (parsed.length < 1 || parsed.length > MOST_ANSWERS) throw badParam(`add_answers: from 1 to ${MOST_ANSWERS} answers`);
  return parsed;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** 0: open for ever. */
function readEndDate(call: VkCall): number {
  const endDate = call.optionalInt('end_date') ?? 0;
  if (endDate !== 0 && endDate * 1000 <= call.at.getTime()) throw badParam('end_date is in the past');
  return endDate;
}
