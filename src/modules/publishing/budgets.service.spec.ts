import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { spendingOf } from './budget.js';
import { Budgets } from './budgets.service.js';
import type { Readied } from './publication-reader.service.js';
import { anAttachment, aReadied, NOW, STILL } from './publishing.spec-support.js';

const costOf = (call: string) => ({ credential: call === 'publishText' ? 'communityToken' : 'userToken', requests: 2 });
const NETWORK = { name: 'vk', costOf } as never;
const credentials = { communityToken: 'c', userToken: 'u' };
const spent = (call: 'publishText' | 'publishPhoto' | 'find') =>
  spendingOf(NETWORK, call, { contractorId: 'agency', credentials })!;
const due = (seconds: number, state = 'scheduled'): Readied =>
  aReadied({ publication: { state, nextTryAt: new Date(NOW.getTime() + seconds * 1_000) }, credentials });

function service(waits: number[] = []): [Budgets, Recorder] {
  const told = new Recorder();
  const left = [...waits];
  const budgets = told.port<never>('budgets', { take: () => left.shift() ?? 0, book: 40 });
  const networks = told.port<never>('networks', { get: () => NETWORK });
  return [new Budgets(told.work, budgets, told.port('lanes'), networks, STILL), told];
}

describe('a turn to call a network', () => {
  it('is taken of the secret that the call draws on', async () => {
    const [budgets, told] = service();
    expect(await budgets.turn(due(0), 'find')).toBe(0);
    expect(told.of('budgets.take')).toEqual([['agency', spent('find'), 'publishing']]);
    expect(told.calls.find(([name]) => name === 'begin')).toEqual(['begin', 'agency']);
  });

  it.each<[string, Readied, string]>([
    ['what is due within a minute', due(59.9), 'publishing'],
    ['what is due later', due(60), 'background'],
    ['what waits for no sending', due(0, 'unclear'), 'background'],
  ])('for %s is one of %s', async (_, ready, urgency) => {
    const [budgets, told] = service();
    await budgets.turn(ready, 'find');
    expect(told.of('budgets.take')[0]![2]).toBe(urgency);
  });

  it('about a page and no post of it comes after what is for posts', async () => {
    const [budgets, told] = service([1_501]);
    expect(await budgets.pageTurn({ contractorId: 'agency', network: 'vk', credentials }, 'find')).toBe(1_501);
    expect(told.of('budgets.take')).toEqual([['agency', spent('find'), 'background']]);
  });

  it.each([
    [undefined, 0],
    [1, 0],
    [2, 1],
  ])('for a call that took %p requests is followed by as much rest', async (requests, times) => {
    const [budgets, told] = service();
    await budgets.made({ contractorId: 'agency', network: 'vk', credentials }, 'find', requests);
    expect(told.of('budgets.used')).toEqual(Array.from({ length: times }, () => ['agency', { ...spent('find'), requests: 2 }]));
    await budgets.made({ contractorId: 'agency', network: 'vk', credentials: {} }, 'find', 2);
    expect(told.of('budgets.used')).toHaveLength(times);
  });

  it('is shared by whoever has the same secret', () => {
    const [budgets, told] = service();
    const page = { contractorId: 'agency', network: 'vk' as const, credentials };
    expect(budgets.secretOf(page, 'find')).toBe(spent('find').key);
    expect(budgets.secretOf({ ...page, credentials: { ...credentials, userToken: 'another' } }, 'find')).not.toBe(
      spent('find').key,
    );
    expect(budgets.secretOf({ ...page, credentials: {} }, 'find')).toBeUndefined();
    expect(told.of('budgets.take')).toEqual([]);
  });

  it('is waited for a moment, and asked for again', async () => {
    const [budgets, told] = service([20, 30]);
    const from = performance.now();
    expect(await budgets.turn(due(0), 'find')).toBe(0);
    expect(performance.now() - from).toBeGreaterThanOrEqual(45);
    expect(told.of('budgets.take')).toHaveLength(3);
  });

  it.each<[string, number[], number]>([
    ['is used when it came at once', [250], 1],
    ['is left when the process stood still until it had passed, and another one is asked for', [251, 300, 0], 3],
    ['is used all the same when the process can’t be quicker', [251, 251, 251, 251, 251], 4],
  ])('%s', async (_, standing, asked) => {
    const told = new Recorder();
    let now = 0;
    const take = (): number => {
      now += standing.shift() ?? 0;
      return 0;
    };
    const clock = { now: () => NOW, monotonicMs: () => now };
    const networks = told.port<never>('networks', { get: () => NETWORK });
    const budgets = new Budgets(told.work, told.port<never>('budgets', { take }), told.port('lanes'), networks, clock);
    expect(await budgets.turn(due(0), 'find')).toBe(0);
    expect(told.of('budgets.take')).toHaveLength(asked);
  });

  it.each([
    [[1_501], 1_501, 1],
    [[10, 1_491], 1_491, 2],
    [[1_500], 0, 2],
  ])('after waits of %j is left to a later job with %i ms', async (waits, left, asked) => {
    const [budgets, told] = service(waits);
    expect(await budgets.turn(due(0), 'find')).toBe(left);
    expect(told.of('budgets.take')).toHaveLength(asked);
  });

  it('is not needed where the secret is missing: nothing will be asked of the network', async () => {
    const [budgets, told] = service([5_000]);
    expect(await budgets.turn(aReadied({ credentials: undefined }), 'find')).toBe(0);
    expect(told.of('budgets.take')).toEqual([]);
  });
});

describe('the budget of a sending', () => {
  it('is that of the secret for what the post carries', async () => {
    const [budgets, told] = service();
    const photos = aReadied({ credentials, attachments: [anAttachment('photo', 0)] });
    expect(await budgets.open({} as never, photos)).toBe(spent('publishPhoto').key);
    expect(told.of('budgets.open').map(([, ...of]) => of)).toEqual([['agency', spent('publishPhoto')]]);
    expect(await budgets.open({} as never, aReadied({ credentials }))).toBe(spent('publishText').key);
  });

  it('is none without the secret', async () => {
    const [budgets, told] = service();
    expect(await budgets.open({} as never, aReadied({ credentials: undefined }))).toBeNull();
    expect(told.of('budgets.open')).toEqual([]);
  });

  it('lets a post leave in its turn, and at once where there is no budget', async () => {
    const [budgets, told] = service();
    const leave = (key: string | null | undefined) => budgets.leave({} as never, 'agency', key);
    expect([await leave('key'), await leave(null), await leave(undefined)]).toEqual([40, 0, 0]);
    expect(told.of('budgets.book').map(([, ...of]) => of)).toEqual([['agency', 'key']]);
  });

  it.each<[string, string | null, object | undefined, boolean]>([
    ['the page has the same secret', spent('publishText').key, credentials, false],
    ['there was none', null, credentials, false],
    ['the page has another', 'another key', credentials, true],
    ['the page has none any more', 'key', undefined, true],
  ])('is outdated when %s: %s', (_, budgetKey, secrets, outdated) => {
    const ready = aReadied({ publication: { budgetKey }, credentials: secrets as never });
    expect(service()[0].outdated(ready)).toBe(outdated);
  });
});

describe('a pause that the network asked for', () => {
  const park = async (code: string | undefined, budgetKey: string | null = 'key') => {
    const [budgets, told] = service();
    const parking = code === undefined ? undefined : { seconds: 7, reason: { code, message: 'Позже' } };
    await budgets.park({} as never, aReadied({ publication: { budgetKey } }), parking);
    return [told.of('lanes.park').map(([, ...of]) => of), told.of('budgets.rest').map(([, ...of]) => of)];
  };

  it('is the page’s', async () => {
    const parking = { seconds: 7, reason: { code: 'flood-control', message: 'Позже' } };
    expect(await park('flood-control')).toEqual([[[expect.objectContaining({ id: 'publication' }), parking]], []]);
  });

  it('is the secret’s as well when it was used too fast', async () => {
    expect(await park('rate-limited')).toEqual([[expect.anything()], [['agency', 'key', 7]]]);
    expect(await park('rate-limited', null)).toEqual([[expect.anything()], []]);
  });

  it('is none when it did not ask', async () => {
    expect(await park(undefined)).toEqual([[], []]);
  });
});
