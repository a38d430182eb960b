import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RefreshOutcome } from '../../src/networks/network.js';
import { Networks } from '../../src/networks/networks.js';
import { CredentialRefreshesService } from '../../src/modules/pages/credential-refreshes.service.js';
import { expiryTimer, refreshCredentialsTimer } from '../../src/modules/pages/pages.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import {
  activeContract,
  type Agency,
  anAgency,
  connectedPages,
  connectPage,
  okCredentials,
  vkCredentials,
} from '../builders/agency.js';
import { care, managing } from '../builders/care.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

const RENEWING = { refreshToken: 'refresh-1', applicationId: '512000' };

describe('credentials', () => {
  let harness: Harness;
  let agency: Agency;
  let manager: ReturnType<typeof managing>;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
    manager = managing(agency);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await harness.forgetTenants();
  });

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const stateOf = async (post: Loose, network: 'vk' | 'ok') => (await publicationsOf(agency, post))[network];

  function okAnswers(...outcomes: (RefreshOutcome | (() => Promise<RefreshOutcome>))[]): jest.SpiedFunction<() => unknown> {
    const ok = harness.app.get(Networks).get('ok');
    const spy = jest.spyOn(ok, 'refreshCredentials');
    for (const outcome of outcomes)
      spy.mockImplementationOnce(typeof outcome === 'function' ? outcome : () => Promise.resolve(outcome));
    return spy as unknown as jest.SpiedFunction<() => unknown>;
  }

  it('that end: warned of once each at 30, 14, 7 and 1 days, also after a standstill, and then the page stops', async () => {
    const end = new Date(harness.clock.now().getTime() + 40 * 86_400_000);
    const { body } = await manager.connect(agency.vkPage, vkCredentials(harness, agency.vkGroupId), end);
    expect([body.credentialsExpireAt, body.attention]).toEqual([end.toISOString(), []]);
    const warnings = async (): Promise<number[]> => {
      return (await manager.auditOf(agency.vkPage))
        .filter(({ action }: Loose) => action === 'page.credentialsExpiring')
        .map(({ details }: Loose) => details.withinDays)
        .reverse();
    };
    const toDaysBefore = async (days: number): Promise<number[]> => {
      await harness.clock.set(new Date(end.getTime() - days * 86_400_000 + 60_000));
      for (let i = 0; i < 2; i += 1) await harness.app.get(Timers).runOnce(expiryTimer);
      return warnings();
    };
    expect(await toDaysBefore(31)).toEqual([]);
    expect(await toDaysBefore(30)).toEqual([30]);
    expect(await manager.attentionTo(agency.vkPage)).toEqual(['credentials-expiring']);
    expect(await toDaysBefore(20)).toEqual([30]);
    // Nobody ran from here on: of the warnings that were missed, the nearest is given.
    expect(await toDaysBefore(6)).toEqual([30, 7]);
    expect(await toDaysBefore(1)).toEqual([30, 7, 1]);
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(60 * 48), [agency.vkPage]);
    expect(await toDaysBefore(0)).toEqual([30, 7, 1]);
    await harness.drain();
    const ended = await manager.page(agency.vkPage);
    expect([ended.status, ended.statusReason.code]).toEqual(['broken', 'credentials-expired']);
    expect((await stateOf(post, 'vk')).state).toBe('held');
    const sent = await harness.sql<{ name: string }>(`select name from outbox where contractor_id = $1`, [agency.contractorId]);
    expect(sent.filter(({ name }) => name === 'page.credentialsExpiring')).toHaveLength(3);
    // New ones begin without a past.
    await manager.connect(agency.vkPage, vkCredentials(harness, agency.vkGroupId));
    await harness.drain();
    expect([(await manager.page(agency.vkPage)).attention, (await stateOf(post, 'vk')).state]).toEqual([[], 'scheduled']);
  });

  it('are not accepted with an end that has passed', async () => {
    const answer = await manager.connect(agency.vkPage, {}, inMinutes(-1));
    expect([answer.status, answer.body.fields[0].field]).toEqual([400, 'expiresAt']);
  });

  it('renew themselves: once, in time, for every page that holds the same secret, and sealed', async () => {
    const second = await connectedPages(harness, agency.owner, agency.client.id);
    const shared = { ...okCredentials(harness, agency.okGroupId), ...RENEWING };
    await manager.connect(agency.okPage, shared, inMinutes(30));
    await manager.connect(
      second.okPage,
      { ...shared, accessToken: okCredentials(harness, second.okGroupId).accessToken },
      inMinutes(30),
    );
    const fresh = harness.sandbox.ok.issueToken({ groupId: agency.okGroupId }).token;
    const renewed: RefreshOutcome = {
      kind: 'refreshed',
      credentials: { accessToken: fresh, refreshToken: 'refresh-2' },
      expiresAt: inMinutes(60),
    };
    const spy = okAnswers(renewed, renewed);
    await care(harness);
    expect(spy).not.toHaveBeenCalled();
    await harness.clock.advance({ minutes: 21 });
    await care(harness);
    expect(spy).toHaveBeenCalledTimes(1);
    for (const one of [agency.okPage, second.okPage]) {
      const told = await manager.connection(one);
      expect([told.expiresAt, told.endedAt]).toEqual([renewed.expiresAt!.toISOString(), null]);
      expect(told.renewedAt).not.toBeNull();
      expect([(await manager.page(one)).credentialsExpireAt, (await manager.page(one)).attention]).toEqual([null, []]);
    }
    const stored = JSON.stringify(await harness.sql('select * from credentials'));
    for (const secret of [fresh, 'refresh-1', 'refresh-2']) expect(stored).not.toContain(secret);
    // The page publishes with the token that it was given.
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.okPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await stateOf(post, 'ok')).state).toBe('published');
  });

  it('are renewed by one worker at a time: what two may do with a secret for one use is lose it', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING }, inMinutes(10));
    const [{ key }] = (await harness.sql<{ key: string }>('select key from credential_refreshes where contractor_id = $1', [
      agency.contractorId,
    ])) as [{ key: string }];
    let answer: (outcome: RefreshOutcome) => void = () => undefined;
    const spy = okAnswers(() => new Promise<RefreshOutcome>((resolve) => (answer = resolve)));
    const service = harness.app.get(CredentialRefreshesService);
    const first = service.refresh(agency.contractorId, key);
    while (spy.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([1, 2, 3].map(() => service.refresh(agency.contractorId, key)));
    expect(spy).toHaveBeenCalledTimes(1);
    answer({ kind: 'refreshed', credentials: { accessToken: 'new', refreshToken: 'refresh-2' }, expiresAt: inMinutes(30) });
    await first;
    expect((await manager.connection(agency.okPage)).renewedAt).not.toBeNull();
  });

  it('that can’t be renewed for a while are kept: the page stops only at their end, and goes on when the network is back', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING }, inMinutes(30));
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(90), [agency.okPage]);
    const away: RefreshOutcome = {
      kind: 'retryLater',
      afterMs: 5_000,
      reason: { code: 'not-connected', message: 'Нет соединения.' },
    };
    const spy = okAnswers(...Array<RefreshOutcome>(20).fill(away));
    for (let i = 0; i < 3; i += 1) {
      await harness.clock.advance({ minutes: 9 });
      await care(harness);
    }
    expect([(await manager.page(agency.okPage)).status, await manager.countOf(agency.okPage, 'page.broken')]).toEqual([
      'connected',
      0,
    ]);
    await harness.clock.advance({ minutes: 10 });
    await care(harness);
    expect((await manager.page(agency.okPage)).statusReason.code).toBe('credentials-expired');
    expect((await stateOf(post, 'ok')).state).toBe('held');
    spy.mockReset();
    const fresh = harness.sandbox.ok.issueToken({ groupId: agency.okGroupId }).token;
    okAnswers({ kind: 'refreshed', credentials: { accessToken: fresh }, expiresAt: inMinutes(90) });
    await harness.clock.advance({ minutes: 31 });
    await care(harness);
    expect([(await manager.page(agency.okPage)).status, (await stateOf(post, 'ok')).state]).toEqual(['connected', 'scheduled']);
    expect(await manager.countOf(agency.okPage, 'page.restored')).toBe(1);
  });

  it('that the network does not renew any more stop the page at once', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING });
    okAnswers({ kind: 'revoked', reason: { code: 'refresh-revoked', message: 'Доступ отозван.', networkCode: 'invalid_grant' } });
    await harness.clock.advance({ minutes: 2 });
    await care(harness);
    const stopped = await manager.page(agency.okPage);
    expect([stopped.status, stopped.statusReason.code]).toEqual(['broken', 'refresh-revoked']);
  });

  it('whose renewal got no answer are not lost in silence: it is said, tried again, and ends with a person if need be', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING });
    okAnswers(
      { kind: 'unsure', reason: { code: 'refresh-unsure', message: 'Ответ потерялся.' } },
      { kind: 'revoked', reason: { code: 'refresh-revoked', message: 'Доступ отозван.', networkCode: 'invalid_grant' } },
    );
    await harness.clock.advance({ minutes: 2 });
    await care(harness);
    expect([(await manager.page(agency.okPage)).status, await manager.attentionTo(agency.okPage)]).toEqual([
      'connected',
      ['refresh-unsure'],
    ]);
    expect(await manager.countOf(agency.okPage, 'page.renewalUnsure')).toBe(1);
    await harness.clock.advance({ minutes: 2 });
    await care(harness);
    const lost = await manager.page(agency.okPage);
    expect([lost.status, lost.statusReason.code]).toEqual(['broken', 'refresh-lost']);
    expect(lost.statusReason.message).toContain('потерялся');
  });

  it('whose worker died in the middle of a renewal are taken for unsure', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING });
    okAnswers(() => Promise.reject(new Error('killed')), {
      kind: 'revoked',
      reason: { code: 'refresh-revoked', message: 'Доступ отозван.' },
    });
    await harness.clock.advance({ minutes: 2 });
    await care(harness);
    expect((await manager.page(agency.okPage)).status).toBe('connected');
    await harness.clock.advance({ minutes: 2 });
    await care(harness);
    expect((await manager.page(agency.okPage)).statusReason.code).toBe('refresh-lost');
  });

  it('that were renewed while a person gave others are the ones that count: he is told, and repeats', async () => {
    await manager.connect(agency.okPage, { ...okCredentials(harness, agency.okGroupId), ...RENEWING });
    const ok = harness.app.get(Networks).get('ok');
    const describePage = ok.describePage.bind(ok);
    jest.spyOn(ok, 'describePage').mockImplementationOnce(async (...asked) => {
      okAnswers({ kind: 'refreshed', credentials: { accessToken: 'new', refreshToken: 'refresh-2' }, expiresAt: inMinutes(30) });
      await harness.clock.advance({ minutes: 2 });
      await harness.app.get(Timers).runOnce(refreshCredentialsTimer);
      await harness.drain();
      return describePage(...asked);
    });
    const answer = await manager.connect(agency.okPage, {});
    expect([answer.status, answer.body.code]).toEqual([409, 'pages.connection-changed']);
  });

  it('of half an hour keep a page going for a day without a person, until the access is taken back', async () => {
    const { applicationKey, applicationSecret: applicationSecretKey, applicationId } = harness.sandbox.credentials.ok;
    const permissions = ['VALUABLE_ACCESS', 'GROUP_CONTENT', 'PHOTO_CONTENT'] as const;
    const session = harness.sandbox.ok.startSession({ label: 'anna', permissions });
    const groupId = harness.sandbox.credentials.ok.groupId;
    const own = { clientId: agency.client.id, network: 'ok', externalId: groupId };
    const anna = await connectPage(agency.owner, own, {
      ...{ applicationKey, applicationSecretKey, applicationId },
      ...{ accessToken: session.token, refreshToken: session.refreshToken! },
    });
    await activeContract(agency.owner, agency.client.id, [anna.id], { number: '15' });
    const [noon, evening] = [await anApprovedPost(agency), await anApprovedPost(agency)];
    await schedule(agency, noon, inMinutes(12 * 60), [anna]);
    await schedule(agency, evening, inMinutes(26 * 60), [anna]);
    const pass = async (hours: number): Promise<void> => {
      for (let i = 0; i < hours * 4; i += 1) {
        await harness.clock.advance({ minutes: 15 });
        await care(harness);
      }
    };
    await pass(13);
    expect([(await manager.page(anna)).status, (await stateOf(noon, 'ok')).state]).toEqual(['connected', 'published']);
    harness.sandbox.ok.endSession('anna');
    await pass(1);
    const stopped = await manager.page(anna);
    expect([stopped.status, stopped.statusReason.code]).toEqual(['broken', 'refresh-revoked']);
    expect((await stateOf(evening, 'ok')).state).toBe('held');
  });
});
