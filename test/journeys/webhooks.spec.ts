import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { webhookHousekeeping, webhooksTimer } from '../../src/modules/webhooks/deliveries/deliveries.jobs.js';
import { ClaimStore } from '../../src/modules/webhooks/deliveries/claim.store.js';
import { WebhookWay } from '../../src/modules/webhooks/deliveries/sending.service.js';
import { Settling } from '../../src/modules/webhooks/deliveries/settling.service.js';
import { signedHeaders } from '../../src/modules/webhooks/deliveries/signature.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, clientRequest, contractRequest } from '../builders/agency.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { type Call, Receiver } from '../harness/receiver.js';

const ALL = { eventTypes: [], allClients: true, clientIds: [] };

describe('webhooks', () => {
  let harness: Harness;
  let agency: Agency;
  let receivers: Receiver[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    await harness.forgetTenants();
    await harness.clock.set(new Date());
    agency = await anAgency(harness);
  });
  afterEach(async () => {
    for (const receiver of receivers) await receiver.close();
    receivers = [];
  });

  const receiver = async (): Promise<Receiver> => {
    const made = await Receiver.start();
    receivers.push(made);
    return made;
  };
  const endpoint = async (url: string, changes: object = {}): Promise<Loose> => {
    const request = { url, description: 'Витрина', ...ALL, ...changes };
    const { status, body } = await agency.owner.api.post('/v1/webhook-endpoints', request);
    expect([status, body.fields]).toEqual([201, undefined]);
    return body;
  };
  const send = async (): Promise<void> => {
    await harness.drain();
    await harness.app.get(Timers).runOnce(webhooksTimer);
    await harness.drain();
  };
  const later = async (time: Parameters<Harness['clock']['advance']>[0]): Promise<void> => {
    await harness.clock.advance(time);
    await send();
  };
  const read = async (path: string): Promise<Loose> => (await agency.owner.api.get(path)).body;
  const health = (one: Loose) => read(`/v1/webhook-endpoints/${one.id}`);
  const log = async (one: Loose, query = ''): Promise<Loose[]> =>
    (await read(`/v1/webhook-endpoints/${one.id}/deliveries${query}`)).data.reverse();
  /** Two events of the agency's contract. */
  const suspendAndResume = async (): Promise<void> => {
    await agency.owner.api.put(`/v1/contracts/${agency.contract.id}/suspension`, { reason: 'Проверка' });
    await agency.owner.api.delete(`/v1/contracts/${agency.contract.id}/suspension`);
  };
  const aDraftIsSigned = async (number: string): Promise<Loose> => {
    const draft = contractRequest(agency.client.id, [agency.vkPage.id], { number, startsOn: '2098-01-01' });
    const { body } = await agency.owner.api.post('/v1/contracts', draft);
    await agency.owner.api.put(`/v1/contracts/${body.id}/signature`, { signedOn: '2026-01-11' });
    return body;
  };
  const statuses = (calls: readonly Call[]) => calls.map(({ body }) => body.data.status);
  const test = (one: Loose) => agency.owner.api.post(`/v1/webhook-endpoints/${one.id}/test-events`);

  it('tells a publication’s way with signatures that a public verifier accepts, and nothing that nobody asked for', async () => {
    const hears = await receiver();
    const types = ['post.scheduled', 'publication.published'];
    const { secret, id } = await endpoint(hears.url, { eventTypes: types });
    const post = await anApprovedPost(agency, { text: 'Тайный текст записи' });
    const [publication] = await schedule(agency, post, harness.clock.now(), [agency.vkPage]);
    await send();
    expect(hears.calls.map(({ body }) => body.type).sort()).toEqual(types);
    const told = hears.calls.find(({ body }) => body.type === 'publication.published');
    const data = {
      ...{ contractorId: agency.contractorId, clientId: agency.client.id, publicationId: publication.id, state: 'published' },
    };
    expect(new Webhook(secret).verify(told!.text, told!.headers)).toMatchObject({ type: 'publication.published', data });
    expect(told!.body.data).toEqual(data);
    const logged = await log({ id });
    expect(logged.map(({ state, attempts, nextTryAt }) => [state, attempts, nextTryAt])).toEqual([
      ['delivered', 1, null],
      ['delivered', 1, null],
    ]);
    const { id: deliveryId } = logged.find(({ type }) => type === 'publication.published')!;
    const story = await read(`/v1/webhook-deliveries/${deliveryId}`);
    expect(story.body).toBe(told!.text);
    expect(story.log).toMatchObject([{ number: 1, outcome: 'delivered', status: 200, excerpt: 'ok' }]);
    expect(JSON.stringify(await read(`/v1/webhook-endpoints`))).not.toContain('whsec_');
  });

  it('tells an endpoint of some clients nothing of others', async () => {
    const hears = await receiver();
    const other = (await agency.owner.api.post('/v1/clients', clientRequest({ name: 'Суд' }))).body;
    await endpoint(hears.url, { allClients: false, clientIds: [other.id] });
    await suspendAndResume();
    await send();
    expect(hears.calls).toEqual([]);
  });

  it('keeps the order of a subject: what came later waits for what came before, and other subjects do not', async () => {
    const hears = await receiver();
    hears.answers((call) => (call.body.data.status === 'suspended' && hears.calls.length < 3 ? 500 : 200));
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await suspendAndResume();
    await send();
    const other = await aDraftIsSigned('Другой');
    await send();
    expect(statuses(hears.calls)).toEqual(['suspended', 'signed']);
    expect(hears.calls[1]!.body.data.contractId).toBe(other.id);
    await later({ seconds: 10 });
    expect(statuses(hears.calls)).toEqual(['suspended', 'signed', 'suspended', 'active']);
    expect(new Set(hears.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(await health(one)).toMatchObject({ failures: 0, failingSince: null, state: 'active' });
  });

  it('does not let slow, dead and failing endpoints delay a healthy one', async () => {
    const [slow, failing, dead, healthy] = [await receiver(), await receiver(), await receiver(), await receiver()];
    const release = slow.holds();
    failing.answers(() => 500);
    await dead.close();
    const ones = [];
    for (const { url } of [slow, failing, dead, healthy])
      ones.push(await endpoint(url, { eventTypes: ['contract.statusChanged'] }));
    for (let i = 0; i < 5; i += 1) await aDraftIsSigned(`С-${i}`);
    const draining = send();
    await healthy.got(5);
    expect(slow.answered).toBe(0);
    release();
    await draining;
    const states = await Promise.all(ones.map(async (one) => (await log(one)).map(({ state }) => state)));
    expect(states).toEqual(
      ['delivered', 'waiting', 'waiting', 'delivered'].map((state) => Array.from({ length: 5 }, () => state)),
    );
    const [tried] = (await log(ones[2]!)).filter(({ attempts }) => attempts > 0);
    expect((await read(`/v1/webhook-deliveries/${tried!.id}`)).log[0]).toMatchObject({ outcome: 'unreachable', status: null });
  });

  it('tries eight times in more than a day, gives up, and goes on with what came after', async () => {
    const hears = await receiver();
    hears.answers((call) => (call.body.data.status === 'suspended' ? 503 : 200));
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await suspendAndResume();
    await send();
    let hours = 0;
    for (; hours < 40 && hears.calls.at(-1)?.body.data.status !== 'active'; hours += 1) await later({ hours: 1 });
    expect(hours).toBeGreaterThan(24);
    expect(statuses(hears.calls)).toEqual([...Array.from({ length: 8 }, () => 'suspended'), 'active']);
    expect((await log(one)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['givenUp', 8],
      ['delivered', 1],
    ]);
  }, 60_000);

  it('signs by the old and the new secret until the old one ends', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url);
    const renewed = await agency.owner.api.post(`/v1/webhook-endpoints/${one.id}/secrets`, { oldValidForHours: 24 });
    expect(renewed.body.valid.map(({ validUntil }: Loose) => validUntil === null)).toEqual([true, false]);
    await test(one);
    await send();
    const [both] = hears.calls;
    for (const secret of [one.secret, renewed.body.secret]) new Webhook(secret).verify(both!.text, both!.headers);
    await harness.clock.advance({ hours: 25 });
    await test(one);
    await send();
    const { headers, text } = hears.calls[1]!;
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(headers['webhook-signature']).toBe(new Webhook(renewed.body.secret).sign(headers['webhook-id']!, at, text));
    expect((await read(`/v1/webhook-endpoints/${one.id}/secrets`)).data).toHaveLength(1);
  });

  it('disables what has failed for five days, says so, and sends what waits and what was missed when it is enabled', async () => {
    const [hears, other] = [await receiver(), await receiver()];
    hears.answers(() => 500);
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await endpoint(other.url, { eventTypes: ['webhookEndpoint.disabled'] });
    await aDraftIsSigned('До');
    await send();
    await harness.clock.advance({ days: 5 });
    await aDraftIsSigned('После');
    await send();
    await send();
    expect(await health(one)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    expect(other.calls.map(({ body }) => body.data)).toEqual([
      { contractorId: agency.contractorId, endpointId: one.id, reason: 'failing' },
    ]);
    const { data } = await read(`/v1/audit-entries?objectId=${one.id}`);
    expect(data[0]).toMatchObject({ actorKind: 'worker', objectId: one.id, details: { reason: 'failing' } });
    const failed = hears.calls.length;
    await aDraftIsSigned('Пропущено');
    await send();
    expect([hears.calls.length, (await log(one)).map(({ state }) => state)]).toEqual([failed, ['waiting', 'waiting', 'skipped']]);
    hears.answers(() => 200);
    const range = { from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
    const early = await agency.owner.api.post(`/v1/webhook-endpoints/${one.id}/replays`, range);
    expect([early.status, early.body.code]).toEqual([409, 'webhooks.endpoint-disabled']);
    await agency.owner.api.put(`/v1/webhook-endpoints/${one.id}/activation`);
    expect((await agency.owner.api.post(`/v1/webhook-endpoints/${one.id}/replays`, range)).body).toEqual({ count: 1 });
    await later({ minutes: 10 });
    expect((await log(one)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('stops at once for an endpoint that is gone', async () => {
    const hears = await receiver();
    hears.answers(() => 410);
    const one = await endpoint(hears.url);
    await test(one);
    await send();
    expect(await health(one)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    expect((await test(one)).body.code).toBe('webhooks.endpoint-disabled');
  });

  it('replays a range of time with the same ids, and no more than the range', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await aDraftIsSigned('Раньше');
    await send();
    await harness.clock.advance({ hours: 1 });
    const from = harness.clock.now().toISOString();
    await suspendAndResume();
    await send();
    await harness.clock.advance({ hours: 1 });
    const range = { from, to: harness.clock.now().toISOString(), states: ['delivered'] };
    expect((await agency.owner.api.post(`/v1/webhook-endpoints/${one.id}/replays`, range)).body).toEqual({ count: 2 });
    await send();
    expect(statuses(hears.calls)).toEqual(['signed', 'suspended', 'active', 'suspended', 'active']);
    const ids = hears.calls.map(({ headers }) => headers['webhook-id']);
    expect(ids.slice(3)).toEqual(ids.slice(1, 3));
  });

  it('follows no redirect, keeps a short excerpt of a long answer, and reaches nothing private', async () => {
    const [hears, elsewhere] = [await receiver(), await receiver()];
    hears.answers(() => ({ status: 302, headers: { location: elsewhere.url }, body: 'x'.repeat(100_000) }));
    const one = await endpoint(hears.url);
    await test(one);
    await send();
    const [delivery] = await log(one);
    const { log: tries } = await read(`/v1/webhook-deliveries/${delivery!.id}`);
    expect(tries).toMatchObject([{ outcome: 'redirected', status: 302, excerpt: 'x'.repeat(500) }]);
    expect(elsewhere.calls).toEqual([]);
    for (const url of [
      'http://hooks.example.org/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://localhost:1/',
      'file:///etc/passwd',
    ]) {
      const refused = await agency.owner.api.post('/v1/webhook-endpoints', { url, description: 'Зло', ...ALL });
      expect([refused.status, refused.body.fields?.[0].field]).toEqual([400, 'url']);
    }
    // What got into the database by another way is stopped where the connection is made.
    await harness.sql(`update webhook_endpoints set url = 'http://127.0.0.2:1/' where id = $1`, [one.id]);
    await later({ minutes: 1 });
    const after = (await read(`/v1/webhook-deliveries/${delivery!.id}`)).log;
    expect(after[1]).toMatchObject({ outcome: 'address', status: null });
  });

  it('changes under If-Match only what was read, and removes an endpoint with what waits for it', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url);
    const stale = await agency.owner.api.patch(
      `/v1/webhook-endpoints/${one.id}`,
      { description: 'Иначе' },
      { headers: { 'if-match': '"7"' } },
    );
    expect([stale.status, stale.body.code]).toEqual([412, 'http.version-stale']);
    const changed = await agency.owner.api.patch(`/v1/webhook-endpoints/${one.id}`, { eventTypes: ['webhook.test'] });
    expect(changed.body).toMatchObject({ description: 'Витрина', eventTypes: ['webhook.test'], version: 2 });
    await test(one);
    expect((await agency.owner.api.delete(`/v1/webhook-endpoints/${one.id}`)).status).toBe(204);
    await send();
    expect([hears.calls, (await agency.owner.api.get(`/v1/webhook-endpoints/${one.id}`)).status]).toEqual([[], 404]);
  });

  it('tells each event once, however often the queue rings for it', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await suspendAndResume();
    await harness.drain();
    const again = `update outbox set relayed_at = null where name = 'contract.moved' and contractor_id = $1`;
    await harness.sql(again, [agency.contractorId]);
    await send();
    expect(statuses(hears.calls)).toEqual(['suspended', 'active']);
    expect(await log(one)).toHaveLength(2);
  });

  it('forgets what is older than thirty days, and nothing else', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    await suspendAndResume();
    await send();
    await harness.clock.advance({ days: 30, hours: 1 });
    await aDraftIsSigned('Новый');
    await send();
    await harness.app.get(Timers).runOnce(webhookHousekeeping);
    expect((await log(one)).map(({ state }) => state)).toEqual(['delivered']);
    expect(await harness.sql('select type from webhook_events')).toEqual([{ type: 'contract.statusChanged' }]);
    expect(await harness.sql('select number from webhook_attempts')).toEqual([{ number: 1 }]);
  });

  it('sends again what a worker died over, with the same id, and nothing of the subject before it', async () => {
    const hears = await receiver();
    const one = await endpoint(hears.url, { eventTypes: ['contract.statusChanged'] });
    const scope = wholeContractor(agency.contractorId);
    const work = harness.app.get(UnitOfWork);
    // Written, and not sent yet: the endpoint rests for a moment.
    await harness.sql(`update webhook_endpoints set quiet_until = app_now() + interval '1 minute'`);
    await suspendAndResume();
    await harness.drain();
    expect(hears.calls).toEqual([]);
    await harness.clock.advance({ minutes: 2 });
    const claimed = await work.forTenant(scope, (tx) => harness.app.get(ClaimStore).take(tx, agency.contractorId, one.id));
    const { eventId: id, body, now: at } = claimed!;
    await harness.app.get(WebhookWay).post(hears.url, signedHeaders({ id, at, body }, [one.secret]), body);
    // It arrived, and the worker is dead: its time is not over yet, so nothing else of the contract is sent.
    await send();
    expect(statuses(hears.calls)).toEqual(['suspended']);
    await later({ minutes: 2 });
    expect(statuses(hears.calls)).toEqual(['suspended', 'suspended', 'active']);
    const ids = hears.calls.map(({ headers }) => headers['webhook-id']);
    expect([ids[1], new Set(ids).size]).toEqual([ids[0], 2]);
    const logged = await log(one);
    expect(logged.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 2],
      ['delivered', 1],
    ]);
    const { log: tries } = await read(`/v1/webhook-deliveries/${logged[0]!.id}`);
    expect(tries.map(({ outcome }: Loose) => outcome)).toEqual([null, 'delivered']);
    // The dead one only slept: what it says now is heard by nobody.
    await harness.app.get(Settling).settle(claimed!, { outcome: 'refused', status: 500, excerpt: null }, 1);
    expect((await log(one)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('tells that a post is approved and that a file is there', async () => {
    const hears = await receiver();
    await endpoint(hears.url, { eventTypes: ['post.approved', 'export.ready'] });
    const post = await anApprovedPost(agency, {});
    const order = { collections: [{ name: 'posts' }], format: 'jsonl' };
    const { body: ordered } = await agency.owner.api.post('/v1/export-jobs', order);
    await send();
    expect(hears.calls.map(({ body: { type, data } }) => [type, data]).sort()).toEqual([
      ['export.ready', { contractorId: agency.contractorId, exportJobId: ordered.id }],
      [
        'post.approved',
        { contractorId: agency.contractorId, clientId: agency.client.id, postId: post.id, postVersion: post.postVersion },
      ],
    ]);
  });

  it('lists what it can tell, as the document does', async () => {
    const { data } = await read('/v1/webhook-event-types');
    const { webhooks } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Loose;
    expect(data.map(({ type }: Loose) => type)).toEqual(Object.keys(webhooks));
    expect(webhooks['publication.published'].post.requestBody.content['application/json'].schema).toEqual(data[1].schema);
  });
});
