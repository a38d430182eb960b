import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PublishOutcome } from '../../src/networks/network.js';
import type { ScriptBuilder } from '../../src/sandbox/scripts/script-builder.js';
import { aRequest, ContractWorld } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

/** Publishes once; exactly one request must have reached the network, whatever came of it. */
async function publishedOnce(side: Side): Promise<PublishOutcome> {
  const outcome = await side.network.publish(aRequest(side));
  expect([side.calls(side.publishing), world.received]).toEqual([1, 1]);
  return outcome;
}

type Play = (script: ScriptBuilder) => unknown;
const status = (code: number) => ({ kind: 'status', status: code }) as const;

/** What the network plays, and how many posts stand on the page afterwards. The adapter can't know which, so it must not guess. */
const UNCLEAR: [string, Play, number][] = [
  ['accepts, then drops the connection', (script) => script.acceptsThenDrops(), 1],
  ['drops the connection before it does anything', (script) => script.dropsBeforeEffect(), 0],
  ['accepts, then answers 500', (script) => script.acceptsThenFails(500), 1],
  ['accepts, then answers 502', (script) => script.acceptsThenFails(502), 1],
  ['accepts, then answers 504', (script) => script.acceptsThenFails(504), 1],
  ['answers 500 before it does anything', (script) => script.failsBefore(500), 0],
  ['answers 502 before it does anything', (script) => script.failsBefore(502), 0],
  ['answers 503 with an absurd Retry-After', (script) => script.failsBefore(503, { 'retry-after': '1000000000' }), 0],
  ['answers 429', (script) => script.failsBefore(429), 0],
  ['answers 404', (script) => script.failsBefore(404), 0],
  ['answers 201 with a good body', (script) => script.thenAnswers({ ...status(201), body: '"157000000000257"' }), 1],
  ['accepts and answers an HTML page with 200', (script) => script.answersHtml(), 1],
  ['answers an HTML page with 200 and does nothing', (script) => script.answersHtml().withoutEffect(), 0],
  ['accepts and answers nothing', (script) => script.answersEmpty(), 1],
  ['answers nothing and does nothing', (script) => script.answersEmpty().withoutEffect(), 0],
  ['accepts and answers null', (script) => script.answersNull(), 1],
  ['answers null and does nothing', (script) => script.answersNull().withoutEffect(), 0],
  ['accepts and answers half the JSON', (script) => script.answersTruncated(), 1],
  ['answers half the JSON and does nothing', (script) => script.answersTruncated().withoutEffect(), 0],
  ['accepts and breaks the answer off', (script) => script.cutsAnswer(), 1],
  ['breaks the answer off and does nothing', (script) => script.cutsAnswer().withoutEffect(), 0],
  ['accepts and answers more than anyone reads', (script) => script.thenAnswers({ ...status(200), body: '['.repeat(5e6) }), 1],
  ['answers a zero byte', (script) => script.thenAnswers({ ...status(200), body: '\u0000' }), 1],
];

describe.each(BOTH)('an unclear send on $name', ({ name }) => {
  it.each(UNCLEAR)('when the network %s', async (_, play, standing) => {
    const side = world.side(name);
    play(side.next(side.publishing));
    expect(await publishedOnce(side)).toMatchObject({
      kind: 'unclear',
      reason: { code: expect.stringMatching(/^(no-answer|broken-answer)$/) },
    });
    expect(side.posts()).toHaveLength(standing);
  });

  it.each([301, 302, 303, 307, 308])('when the network redirects with %i, and the other server sees nothing', async (code) => {
    const side = world.side(name);
    const trap = await world.trap();
    side.next(side.publishing).redirects(trap.url, code);
    expect(await publishedOnce(side)).toMatchObject({ kind: 'unclear', reason: { code: 'broken-answer' } });
    expect([trap.caught(), side.posts().length]).toEqual([0, 0]);
  });

  it('when the network accepts late: nothing stands there at first, one post later', async () => {
    const side = world.side(name);
    side.next(side.publishing).acceptsLate(30_000);
    expect((await publishedOnce(side)).kind).toBe('unclear');
    world.clock.advance(29_999);
    expect(side.posts()).toHaveLength(0);
    world.clock.advance(1);
    expect(side.posts()).toHaveLength(1);
  });

  it.each([
    ['a string instead of a code', { error_code: '100', error_msg: 'PARAM' }],
    ['no code', { error_code: null, error_msg: 'PARAM' }],
    ['a fraction as code', { error_code: 5.5, error_msg: 'PARAM' }],
  ])('when the error is none of the network’s: %s', async (_, error) => {
    const side = world.side(name);
    const body = JSON.stringify(name === 'vk' ? { error } : error);
    side.next(side.publishing).thenAnswers({ kind: 'status', status: 200, body });
    expect(await publishedOnce(side)).toMatchObject({ kind: 'unclear', reason: { code: 'broken-answer' } });
  });
});

describe('a success that is not one', () => {
  const own = (): number => world.sandbox.credentials.vk.groupId;
  it.each<[string, () => unknown]>([
    ['id 0', () => ({ post_id: 0 })],
    ['a negative id', () => ({ post_id: -5 })],
    ['the id as a string', () => ({ post_id: '5' })],
    ['a fraction', () => ({ post_id: 5.5 })],
    ['an id beyond every exact number', () => ({ post_id: 2 ** 53 })],
    ['no id', () => ({})],
    ['a bare number', () => 5],
    ['a bare "ok"', () => 1],
    ['a list', () => [{ post_id: 5 }]],
    ['null', () => null],
    ['the wall of another community', () => ({ post_id: 5, owner_id: -own() - 1 })],
    ['the wall of a person', () => ({ post_id: 5, owner_id: own() })],
    ['the own wall as a string', () => ({ post_id: 5, owner_id: String(-own()) })],
  ])('on VK: %s', async (_, answer) => {
    const side = world.side('vk');
    side.next('wall.post').answersInstead(answer());
    expect(await publishedOnce(side)).toMatchObject({ kind: 'unclear', reason: { code: 'broken-answer' } });
    expect(side.posts()).toHaveLength(1);
  });

  it('on VK: a response beside an error', async () => {
    const side = world.side('vk');
    const body = JSON.stringify({ response: { post_id: 5 }, error: { error_code: 100, error_msg: '' } });
    side.next('wall.post').thenAnswers({ kind: 'status', status: 200, body });
    expect((await publishedOnce(side)).kind).toBe('unclear');
  });

  it.each<[string, unknown]>([
    ['"0"', '0'],
    ['"-1"', '-1'],
    ['a number instead of a string', 157_000_000_000_257],
    ['a number inside quotes twice', '"157000000000257"'],
    ['an id with a leading zero', '0157'],
    ['an id with a space', ' 157'],
    ['an empty string', ''],
    ['words', 'ok'],
    ['true', true],
    ['false', false],
    ['null', null],
    ['an object', { id: '157000000000257' }],
    ['a list', ['157000000000257']],
  ])('on OK: %s', async (_, answer) => {
    const side = world.side('ok');
    side.next('mediatopic.post').answersInstead(answer);
    expect(await publishedOnce(side)).toMatchObject({ kind: 'unclear', reason: { code: 'broken-answer' } });
    expect(side.posts()).toHaveLength(1);
  });
});

describe.each(BOTH)('time on $name', ({ name }) => {
  it('sends nothing after the deadline, and says that the same call may be made again', async () => {
    const side = world.side(name);
    for (const late of [0, 1, 60_000]) {
      const sendBefore = new Date(world.clock.now().getTime() - late);
      expect(await side.network.publish(aRequest(side, { sendBefore }))).toMatchObject({
        kind: 'retryLater',
        reason: { code: 'deadline-passed' },
      });
    }
    const never = new Date(Number.NaN);
    expect((await side.network.publish(aRequest(side, { sendBefore: never }))).kind).toBe('retryLater');
    expect([world.received, side.calls(side.publishing), side.posts().length]).toEqual([0, 0, 0]);
  });

  it('waits for a slow answer', async () => {
    const side = world.side(name);
    side.next(side.publishing).answersSlowly(400);
    expect((await publishedOnce(side)).kind).toBe('published');
  });

  it('may be told again later when nobody listens', async () => {
    const side = world.side(name);
    const request = aRequest(side);
    await world.sandbox.stop();
    expect(await side.network.publish(request)).toMatchObject({
      kind: 'retryLater',
      reason: { code: 'not-connected' },
      afterMs: 5_000,
    });
    expect(world.received).toBe(0);
  });
});

describe('a network that hangs beyond the time limit', () => {
  it('leaves the send unclear, whether the post stands there or not', async () => {
    const other = await ContractWorld.start();
    const sides = [world.side('vk'), world.side('ok'), other.side('vk'), other.side('ok')] as const;
    for (const [place, side] of sides.entries()) {
      const script = side.next(side.publishing);
      if (place < 2) script.acceptsThenHangs();
      else script.hangsBeforeEffect();
    }
    const outcomes = await Promise.all(sides.map((side) => side.network.publish(aRequest(side))));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'unclear', reason: { code: 'no-answer' } });
    expect(sides.map((side) => [side.calls(side.publishing), side.posts().length])).toEqual([
      [1, 1],
      [1, 1],
      [1, 0],
      [1, 0],
    ]);
    await other.stop();
  }, 20_000);
});

describe.each(BOTH)('a network that posts twice for one call, on $name', ({ name }) => {
  it('looks published, and the look-up shows both', async () => {
    const side = world.side(name);
    side.next(side.publishing).acceptsTwice();
    const request = aRequest(side);
    expect((await publishedOnce(side)).kind).toBe('published');
    const found = await side.network.find({ ...request, from: world.clock.now(), to: world.clock.now() });
    expect(found.kind === 'done' && found.value.matches.map(({ externalId }) => externalId).sort()).toEqual(
      side
        .posts()
        .map(({ id }) => id)
        .sort(),
    );
    expect(side.posts()).toHaveLength(2);
  });
});
