import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, MovableClock, postedAttachments, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface Poll {
  id: number;
  owner_id: number;
  answers: { text: string; votes: number }[];
}

describe('VK polls', () => {
  const clock = new MovableClock();
  let sandbox: Sandbox;
  let owner: number;
  let editor: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    owner = -sandbox.credentials.vk.groupId;
    editor = sandbox.credentials.vk.userToken;
  });
  afterAll(() => sandbox.stop());

  const fields = (changed: Record<string, string | number> = {}): Record<string, string | number> => ({
    owner_id: owner,
    question: 'Где поставить ёлку?',
    add_answers: JSON.stringify(['На площади', 'В парке']),
    ...changed,
  });
  const create = (changed = {}): Promise<Poll> => vk<Poll>(sandbox, 'polls.create', editor, fields(changed));
  const codeOf = async (changed: Record<string, string | number>, token = editor): Promise<number | undefined> =>
    (await callVk(sandbox, 'polls.create', token, fields(changed))).error?.error_code;

  it('are made with one to ten answers and hang on a post', async () => {
    const poll = await create({ is_anonymous: 1, is_multiple: 1 });
    expect(poll).toMatchObject({
      owner_id: owner,
      question: 'Где поставить ёлку?',
      anonymous: true,
      multiple: true,
      answers: [
        { text: 'На площади', votes: 0 },
        { text: 'В парке', votes: 0 },
      ],
    });
    expect(await postedAttachments(sandbox, editor, `poll${poll.owner_id}_${poll.id}`)).toEqual([{ type: 'poll', poll }]);
    const answers = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, number) => `${number}`));
    expect((await create({ add_answers: answers(1) })).answers).toHaveLength(1);
    expect((await create({ add_answers: answers(10) })).answers).toHaveLength(10);
    expect(await codeOf({ add_answers: answers(0) })).toBe(100);
    expect(await codeOf({ add_answers: answers(11) })).toBe(100);
  });

  it('need a question, a list of texts for answers and an end that is still to come', async () => {
    expect(await codeOf({ question: ' ' })).toBe(100);
    expect(await codeOf({ add_answers: 'Да,Нет' })).toBe(100);
    expect(await codeOf({ add_answers: '{"a":"Да"}' })).toBe(100);
    expect(await codeOf({ add_answers: '["Да",""]' })).toBe(100);
    const now = Math.floor(clock.now().getTime() / 1000);
    expect(await codeOf({ end_date: now })).toBe(100);
    expect(await create({ end_date: now + 60 })).toMatchObject({ end_date: now + 60 });
  });

  it('stand alone on their post: a second one is refused with the whole post', async () => {
    const [first, second] = [await create(), await create()];
    const attachments = [first, second].map((poll) => `poll${poll.owner_id}_${poll.id}`).join(',');
    const post = { owner_id: owner, from_group: 1, message: 'Два опроса', attachments };
    expect((await callVk(sandbox, 'wall.post', editor, post)).error?.error_code).toBe(100);
  });

  it('are made by a person who runs the community, and by no community token', async () => {
    expect(await codeOf({}, sandbox.credentials.vk.communityToken)).toBe(27);
    sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    expect(await codeOf({}, sandbox.vk.issueUserToken(999).token)).toBe(203);
  });

  it('of another community are missing from the post', async () => {
    sandbox.vk.addCommunity({ id: 226_000_900, name: 'Библиотека' });
    const poll = await create({ owner_id: -226_000_900 });
    expect(await postedAttachments(sandbox, editor, `poll${poll.owner_id}_${poll.id}`)).toEqual([]);
  });
});
