import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { activeContract, type Agency, anAgency, contractRequest } from '../builders/agency.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Kamchatka is twelve hours ahead of UTC: its 2027 begins at noon of 31 December. */
const NEW_YEAR = '2026-12-31T12:00:00Z';

describe('a contract', () => {
  let harness: Harness;
  let agency: Agency;
  let now: Date;

  beforeAll(async () => {
    harness = await Harness.start();
    now = harness.clock.now();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    await harness.clock.set(now);
    await harness.forgetTenants();
    agency = await anAgency(harness);
  });

  const draft = async (changes: object = {}, clauses: object = {}): Promise<Loose> => {
    const request = contractRequest(agency.client.id, [agency.vkPage.id], {
      ...{ number: '7-ГК/2027', startsOn: '2027-01-01', endsOn: '2027-12-31', priceKopecks: 100_000_000 },
      ...changes,
    }) as Loose;
    const answer = await agency.owner.api.post('/v1/contracts', { ...request, clauses: { ...request.clauses, ...clauses } });
    expect([answer.status, answer.body.fields]).toEqual([201, undefined]);
    return answer.body;
  };
  const put = (contract: Loose, what: string, body?: object) =>
    agency.owner.api.put(`/v1/contracts/${contract.id}/${what}`, body);
  const signed = async (changes: object = {}, clauses: object = {}): Promise<Loose> => {
    const answer = await put(await draft(changes, clauses), 'signature', { signedOn: '2026-11-20' });
    expect([answer.status, answer.body.fields]).toEqual([200, undefined]);
    return answer.body;
  };
  const read = async (contract: Loose, what = ''): Promise<Loose> =>
    (await agency.owner.api.get(`/v1/contracts/${contract.id}${what}`)).body;
  const addendum = (contract: Loose, changes: object) =>
    agency.owner.api.post(`/v1/contracts/${contract.id}/addenda`, {
      ...{ number: '1', agreedOn: '2026-11-25', effectiveOn: '2027-05-01', reason: 'Статья 95 Закона № 44-ФЗ' },
      ...changes,
    });
  const at = (instant: string) => harness.clock.set(new Date(instant));
  /** Both rounds, twice and at once: whoever comes first, the result is the same. */
  const midnight = async (): Promise<void> => {
    const timers = harness.app.get(Timers);
    await Promise.all(
      [contractStepsTimer, stageStepsTimer, contractStepsTimer, stageStepsTimer].map((timer) => timers.runOnce(timer)),
    );
    await harness.drain();
  };

  it('under 44-FZ is not signed without its ИКЗ, and not with another client’s', async () => {
    const answer = await put(await draft({}, { procurementCode: null }), 'signature', { signedOn: '2026-11-20' });
    expect([answer.status, answer.body.code, answer.body.fields[0].field]).toEqual([
      ...[409, 'contracts.not-ready', 'clauses.procurementCode'],
    ]);
    const foreign = { clauses: { procurementCode: '263770012345977000100100010017021244' } };
    const refused = await agency.owner.api.post('/v1/contracts', contractRequest(agency.client.id, [agency.vkPage.id], foreign));
    expect([refused.status, refused.body.fields[0]]).toMatchObject([400, { field: 'clauses.procurementCode' }]);
  });

  it('is not signed when its stages don’t make its price', async () => {
    const calendar = [{ title: 'Этап 1', startsOn: '2027-01-01', endsOn: '2027-06-30', amountKopecks: 99_999_999 }];
    const answer = await put(await draft({}, { stagePlan: { kind: 'calendar', calendar } }), 'signature', {
      signedOn: '2026-11-20',
    });
    expect([answer.status, answer.body.fields]).toMatchObject([409, [{ field: 'clauses.stagePlan' }]]);
    expect(answer.body.fields[0].reason).toContain('99999999');
  });

  it('is reviewed, returned, edited again, and cancelled when nothing comes of it', async () => {
    const contract = await draft();
    expect((await put(contract, 'review')).body.status).toBe('underReview');
    const edit = { ...contractRequest(agency.client.id, [agency.vkPage.id]), clientId: undefined };
    expect((await agency.owner.api.put(`/v1/contracts/${contract.id}`, edit)).body.code).toBe('contracts.contract-fixed');
    expect((await agency.owner.api.delete(`/v1/contracts/${contract.id}/review`)).body.status).toBe('draft');
    expect((await agency.owner.api.put(`/v1/contracts/${contract.id}`, edit)).status).toBe(200);
    expect((await put(contract, 'cancellation', { reason: 'Закупка отменена' })).body).toMatchObject({
      ...{ status: 'cancelled', allowedTransitions: [] },
    });
    const refused = await put(contract, 'signature', { signedOn: '2026-11-20' });
    expect([refused.status, refused.body.allowedTransitions]).toEqual([409, []]);
  });

  it('has the stages of its plan, with VAT of each one’s day, and they make its price to the kopeck', async () => {
    const terms = { startsOn: '2025-12-01', endsOn: '2026-11-30' };
    const contract = await draft(terms, { stagePlan: { kind: 'monthly' } });
    const planned = (await read(contract, '/stages')).data;
    await put(contract, 'signature', { signedOn: '2025-11-20' });
    const stages = (await read(contract, '/stages')).data;
    expect(stages.map(({ amountKopecks }: Loose) => amountKopecks)).toEqual([...Array(11).fill(8_333_333), 8_333_337]);
    expect(planned.map(({ amountKopecks }: Loose) => amountKopecks)).toEqual(
      stages.map(({ amountKopecks }: Loose) => amountKopecks),
    );
    expect(stages.slice(0, 2).map(({ vatPercent, vatKopecks }: Loose) => [vatPercent, vatKopecks])).toEqual([
      ...[
        [20, 1_388_889],
        [22, 1_502_732],
      ],
    ]);
  });

  it('becomes active and opens its first stage at midnight of Kamchatka, and not a moment before', async () => {
    const contract = await signed({}, { stagePlan: { kind: 'monthly' } });
    await at('2026-12-31T11:59:50Z');
    await midnight();
    expect([(await read(contract)).status, (await read(contract, '/stages')).data[0].state]).toEqual(['signed', 'planned']);
    await at(NEW_YEAR);
    await midnight();
    expect([(await read(contract)).status, (await read(contract, '/stages')).data[0].state]).toEqual(['active', 'open']);
  });

  it('catches up with every midnight that the worker missed, each once', async () => {
    const contract = await signed({}, { stagePlan: { kind: 'monthly' } });
    await at('2027-03-15T00:00:00Z');
    await midnight();
    await midnight();
    const stages = (await read(contract, '/stages')).data;
    expect(stages.slice(0, 4).map(({ state }: Loose) => state)).toEqual(['reportReady', 'reportReady', 'open', 'planned']);
    const { data } = (await agency.owner.api.get(`/v1/audit-entries?objectId=${stages[0].id}`)).body;
    expect(data.map(({ details }: Loose) => details.state)).toEqual(['reportReady', 'closing', 'open']);
    const entries = (await agency.owner.api.get(`/v1/audit-entries?objectId=${contract.id}`)).body.data;
    expect(entries.map(({ action }: Loose) => action)).toEqual(['contract.activated', 'contract.signed', 'contract.created']);
    await at('2028-01-05T00:00:00Z');
    await midnight();
    expect((await read(contract)).status).toBe('completed');
    expect((await read(contract, '/stages')).data.every(({ state }: Loose) => state === 'reportReady')).toBe(true);
  });

  it('is handed over at its end, page by page, and archived when nothing of that is left', async () => {
    await put(agency.contract, 'termination', { reason: 'Соглашение сторон' });
    const contract = await signed();
    await at('2027-11-01T00:00:00Z');
    await midnight();
    expect((await agency.owner.api.get(`/v1/contracts/${contract.id}/handover`)).body.code).toBe('fulfilment.handover-not-begun');
    await at('2027-12-15T00:00:00Z');
    await midnight();
    const post = await anApprovedPost(agency);
    const other = await activeContract(agency.owner, agency.client.id, [agency.vkPage.id], {
      number: 'на месяц',
      endsOn: '2028-01-31',
    });
    const list = async () => read(contract, '/handover');
    expect((await list()).items.filter(({ state }: Loose) => state !== 'open').map(({ state }: Loose) => state)).toEqual(
      Array(7).fill('notNeeded'),
    );
    await schedule(agency, post, new Date('2028-01-15T00:00:00Z'), [agency.vkPage]);
    await put(other, 'termination', { reason: 'Дальше страницу ведёт заказчик' });
    const byCode = async (code: string): Promise<Loose> => (await list()).items.find((item: Loose) => item.code === code);
    expect([(await byCode('plannedPosts')).state, (await byCode('access')).state]).toEqual(['open', 'open']);
    const settle = (item: Loose, body: object, headers: Record<string, string> = {}) =>
      agency.owner.api.put(`/v1/handover-items/${item.id}`, body, { headers });
    expect((await settle(await byCode('access'), { state: 'done' })).body.code).toBe('fulfilment.handover-seen-by-machine');
    await agency.owner.api.delete(`/v1/posts/${post.id}/schedule`);
    await agency.owner.api.delete(`/v1/pages/${agency.vkPage.id}/connection`);
    expect([(await byCode('plannedPosts')).state, (await byCode('access')).state]).toEqual(['done', 'done']);

    await at('2028-01-05T00:00:00Z');
    await midnight();
    expect((await read(contract)).status).toBe('completed');
    const early = await put(contract, 'archive');
    expect([early.status, early.body.code, early.body.fields.length]).toEqual([
      409,
      'contracts.not-settled',
      (await list()).open,
    ]);
    expect(early.body.fields[0].reason).toBe('Владелец страницы — сотрудник заказчика: ещё не сделано');
    const blank = await settle(await byCode('widgets'), { state: 'waived' });
    expect([blank.status, blank.body.fields[0].field]).toEqual([400, 'note']);
    expect((await settle(await byCode('widgets'), { state: 'waived', note: 'Форм не было' })).body.state).toBe('waived');
    for (const item of (await list()).items.filter(({ state }: Loose) => state === 'open'))
      expect((await settle(item, { state: 'done', note: 'Акт от 29.12.2027' })).body).toMatchObject({
        ...{ state: 'done', version: 2, settledBy: agency.owner.id },
      });
    const stale = await settle(await byCode('archive'), { state: 'open' }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect([(await list()).open, (await put(contract, 'archive')).body.status]).toEqual([0, 'archived']);

    const late = { clientId: agency.client.id, title: 'Вдогонку', mediaIds: [], variants: [{ network: 'vk', text: 'Вдогонку' }] };
    const edit = { title: late.title, mediaIds: [], variants: late.variants };
    expect((await agency.editor.api.post('/v1/posts', late)).body.code).toBe('contracts.over');
    expect((await agency.editor.api.put(`/v1/posts/${post.id}`, edit)).body.code).toBe('contracts.over');
    expect((await agency.editor.api.get(`/v1/posts/${post.id}`)).status).toBe(200);
    await draft({ number: '8-ГК/2028', startsOn: '2028-02-01', endsOn: '2028-12-31' });
    expect((await agency.editor.api.post('/v1/posts', late)).status).toBe(201);
  });

  it('changes by addendum: what is over stays, what is ahead follows, and both versions stay readable', async () => {
    const contract = await signed({}, { stagePlan: { kind: 'monthly' } });
    await at('2027-04-20T00:00:00Z');
    await midnight();
    const before = await read(contract, '/terms?on=2027-04-30');
    const added = await addendum(contract, { priceKopecks: 120_000_000, endsOn: '2028-01-31', agreedOn: '2027-04-20' });
    expect([added.status, added.body.number]).toEqual([201, 2]);
    const stages = (await read(contract, '/stages')).data;
    expect(stages.map(({ state }: Loose) => state)).toEqual([
      ...Array(3).fill('reportReady'),
      'open',
      ...Array(9).fill('planned'),
    ]);
    expect(stages.slice(0, 3).map(({ amountKopecks }: Loose) => amountKopecks)).toEqual(Array(3).fill(8_333_333));
    expect(stages.reduce((sum: number, { amountKopecks }: Loose) => sum + amountKopecks, 0)).toBe(120_000_000);
    expect(await read(contract, '/terms?on=2027-04-30')).toEqual(before);
    expect((await read(contract, '/terms?on=2027-05-01')).priceKopecks).toBe(120_000_000);
    expect((await read(contract, '/terms?on=2027-05-01&knownAt=2027-04-01T00:00:00Z')).priceKopecks).toBe(100_000_000);
    expect(await read(contract)).toMatchObject({ versions: 2, endsAt: '2028-01-31T12:00:00.000Z', priceKopecks: 120_000_000 });
    expect((await read(contract, '/versions')).data.map(({ number }: Loose) => number)).toEqual([1, 2]);
  });

  it('makes its price to the kopeck also when an addendum meets the midnight at which a stage closes', async () => {
    const contract = await signed({}, { stagePlan: { kind: 'monthly' } });
    for (let month = 2; month < 8; month += 1) {
      await at(`2027-0${month}-28T12:00:00Z`);
      const priceKopecks = 100_000_000 + month * 1_000_003;
      const [added] = await Promise.all([addendum(contract, { number: String(month), priceKopecks }), midnight()]);
      expect(added.status).toBe(201);
      const stages = (await read(contract, '/stages')).data;
      expect(stages.reduce((sum: number, { amountKopecks }: Loose) => sum + amountKopecks, 0)).toBe(priceKopecks);
      expect(stages.map(({ amountKopecks }: Loose) => amountKopecks)).toEqual(
        added.body.stages.map(({ amountKopecks }: Loose) => amountKopecks),
      );
    }
  });

  it.each<[string, object, string]>([
    ['less money than the stages that are over', { priceKopecks: 1 }, 'priceKopecks'],
    ['an end before a stage that is over', { endsOn: '2027-02-27' }, 'endsOn'],
    ['another beginning', { startsOn: '2027-01-02' }, 'startsOn'],
    ['another client’s ИКЗ', { clauses: { procurementCode: '263770012345977000100100010017021244' } }, 'clauses.procurementCode'],
  ])('is not amended with %s', async (_, changes, field) => {
    const contract = await signed({}, { stagePlan: { kind: 'monthly' } });
    await at('2027-04-20T00:00:00Z');
    await midnight();
    const refused = await addendum(contract, changes);
    expect([refused.status, refused.body.code, refused.body.fields[0].field]).toEqual([409, 'contracts.addendum-refused', field]);
    expect((await read(contract)).versions).toBe(1);
  });

  it('is not amended while it is a draft, nor with another client’s page', async () => {
    const refused = await addendum(await draft(), { priceKopecks: 1 });
    expect([refused.status, refused.body.code]).toEqual([409, 'contracts.not-binding']);
    const strange = await addendum(await signed(), { pageIds: ['019b76da-a800-7000-8000-00000000ffff'] });
    expect([strange.status, strange.body.code]).toEqual([400, 'contracts.pages-unknown']);
  });

  const covers = async (page: Loose, instant: string): Promise<boolean> => {
    const [row] = await harness.sql<{ covers: boolean }>('select contract_in_force($1, $2, $3) as covers', [
      ...[agency.contractorId, page.id, instant],
    ]);
    return row!.covers;
  };

  it('lets publications out for the pages and days of the version that holds then', async () => {
    // The agency's own contract would cover all.
    await put(agency.contract, 'termination', { reason: 'Соглашение сторон' });
    const contract = await signed();
    await put(contract, 'activation');
    await addendum(contract, { pageIds: [agency.okPage.id], endsOn: '2028-01-31' });
    const may = '2027-04-30T12:00:00Z';
    const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();
    expect([await covers(agency.vkPage, before(NEW_YEAR)), await covers(agency.vkPage, NEW_YEAR)]).toEqual([false, true]);
    expect([await covers(agency.vkPage, before(may)), await covers(agency.vkPage, may)]).toEqual([true, false]);
    expect([await covers(agency.okPage, before(may)), await covers(agency.okPage, may)]).toEqual([false, true]);
    expect([await covers(agency.okPage, '2028-01-31T11:59:59Z'), await covers(agency.okPage, '2028-01-31T12:00:00Z')]).toEqual([
      true,
      false,
    ]);
    expect((await put(contract, 'suspension', { reason: 'Приостановлено' })).body.status).toBe('suspended');
    expect(await covers(agency.okPage, may)).toBe(false);
    await agency.owner.api.delete(`/v1/contracts/${contract.id}/suspension`);
    expect(await covers(agency.okPage, may)).toBe(true);
  });

  it('ends after its notice, unless the notice is withdrawn before: 44-FZ gives ten days', async () => {
    await put(agency.contract, 'termination', { reason: 'Соглашение сторон' });
    const contract = await signed({ startsOn: '2026-11-01' }, { stagePlan: { kind: 'quarterly' } });
    await put(contract, 'activation');
    await midnight();
    const notice = { ground: 'unilateralClient', reason: 'Нарушение срока', noticeOn: '2026-12-01' };
    const early = await put(contract, 'termination', { ...notice, effectiveOn: '2026-12-10' });
    expect([early.status, early.body.code, early.body.fields[0]]).toMatchObject([
      ...[409, 'contracts.notice-too-short', { field: 'effectiveOn' }],
    ]);
    const end = '2026-12-10T12:00:00.000Z';
    const given = await put(contract, 'termination', { ...notice, effectiveOn: '2026-12-11' });
    expect(given.body).toMatchObject({ status: 'active', terminatesAt: end });
    expect([await covers(agency.vkPage, '2026-12-10T11:59:59Z'), await covers(agency.vkPage, end)]).toEqual([true, false]);
    const withdrawn = await agency.owner.api.delete(`/v1/contracts/${contract.id}/termination`);
    expect([withdrawn.body.terminatesAt, await covers(agency.vkPage, end)]).toEqual([null, true]);
    expect((await agency.owner.api.delete(`/v1/contracts/${contract.id}/termination`)).body.code).toBe('contracts.no-notice');
  });

  it.each([
    ['the contract’s round comes first', [contractStepsTimer, stageStepsTimer]],
    ['the stages’ round comes first', [stageStepsTimer, contractStepsTimer]],
  ])('ends by its notice with its open stage, and opens none after it, also after a downtime: %s', async (_, rounds) => {
    const contract = await signed({ startsOn: '2026-11-01' }, { stagePlan: { kind: 'quarterly' } });
    await put(contract, 'activation');
    const end = '2026-12-10T12:00:00.000Z';
    const notice = { ground: 'unilateralClient', reason: 'Нарушение срока', noticeOn: '2026-12-01', effectiveOn: '2026-12-11' };
    await put(contract, 'termination', notice);
    await at('2027-02-01T00:00:00Z');
    expect((await agency.owner.api.delete(`/v1/contracts/${contract.id}/termination`)).body.code).toBe('contracts.no-notice');
    for (const timer of [...rounds, ...rounds]) await harness.app.get(Timers).runOnce(timer);
    expect(await read(contract)).toMatchObject({
      status: 'terminated',
      terminatedAt: end,
      terminationGround: 'unilateralClient',
    });
    const stages = (await read(contract, '/stages')).data;
    expect(stages.map(({ state }: Loose) => state)).toEqual(['reportReady', ...Array(4).fill('dropped')]);
    expect(stages[0].closesAt).toBe(end);
  });

  it('is changed by owners and managers, and read by the client', async () => {
    const contract = await signed();
    const { pressOfficer, editor } = agency;
    expect((await pressOfficer.api.get(`/v1/contracts/${contract.id}/versions`)).body.data).toHaveLength(1);
    const tries = [pressOfficer, editor].map(({ api }) =>
      api.put(`/v1/contracts/${contract.id}/suspension`, { reason: 'Нельзя' }),
    );
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403]);
  });
});
