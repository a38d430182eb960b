import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, clientRequest } from '../builders/agency.js';
import type { Answer, Loose } from '../harness/api-client.js';
import { HTTP_HOUSEKEEPING } from '../../src/platform/http/housekeeping.timer.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { Harness } from '../harness/harness.js';

describe('the manners of the API', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start({ corsOrigins: 'https://front.example' });
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  describe('Idempotency-Key', () => {
    it('gives the first answer again, byte for byte, and creates nothing new', async () => {
      const headers = { 'idempotency-key': 'client-1' };
      const first = await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      const before = (await harness.sql('select 1 from clients')).length;
      const second = await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      expect([second.status, second.body]).toEqual([201, first.body]);
      expect(second.headers['idempotent-replay']).toBe('true');
      expect(await harness.sql('select 1 from clients')).toHaveLength(before);
    });

    it('with another body is refused', async () => {
      const headers = { 'idempotency-key': 'client-2' };
      await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      const other = await agency.owner.api.post('/v1/clients', clientRequest({ name: 'Другая' }), { headers });
      expect([other.status, other.body.code]).toEqual([409, 'http.idempotency-key-reused']);
    });

    it('is free again after a refusal', async () => {
      const headers = { 'idempotency-key': 'client-3' };
      expect((await agency.owner.api.post('/v1/clients', clientRequest({ inn: '1' }), { headers })).status).toBe(400);
      expect((await agency.owner.api.post('/v1/clients', clientRequest(), { headers })).status).toBe(201);
    });

    it('used twenty times at once creates one client', async () => {
      const headers = { 'idempotency-key': 'client-4' };
      const before = (await harness.sql('select 1 from clients')).length;
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => agency.owner.api.post('/v1/clients', clientRequest(), { headers })),
      );
      expect(await harness.sql('select 1 from clients')).toHaveLength(before + 1);
      const codes = new Set(answers.map(({ status, body }) => (status === 201 ? 'created' : body.code)));
      expect([...codes].filter((code) => !['created', 'http.idempotency-in-flight'].includes(code))).toEqual([]);
    });

    it('of a call that was cut off says that its outcome is unknown, and never runs it again', async () => {
      const headers = { 'idempotency-key': 'client-5' };
      await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      await harness.sql(`update idempotency_keys set status = null, body = null where key = 'client-5'`);
      const soon = await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      expect(soon.body.code).toBe('http.idempotency-in-flight');
      await harness.clock.advance({ minutes: 2 });
      const late = await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      expect([late.status, late.body.code]).toEqual([409, 'http.idempotency-outcome-unknown']);
    });

    it('is forgotten after two days, so that the table does not grow for ever', async () => {
      const headers = { 'idempotency-key': 'client-6' };
      await agency.owner.api.post('/v1/clients', clientRequest(), { headers });
      await harness.clock.advance({ days: 2, minutes: 1 });
      await harness.app.get(Timers).runOnce(HTTP_HOUSEKEEPING);
      expect(await harness.sql(`select 1 from idempotency_keys where key = 'client-6'`)).toHaveLength(0);
    });

    it('keeps a secret that was shown once sealed', async () => {
      const headers = { 'idempotency-key': 'key-1' };
      const body = { name: 'x', scopes: ['clients.read'], allClients: true, clientIds: [] };
      const { body: made } = await agency.owner.api.post('/v1/api-keys', body, { headers });
      expect((await agency.owner.api.post('/v1/api-keys', body, { headers })).body.key).toBe(made.key);
      expect(JSON.stringify(await harness.sql('select * from idempotency_keys'))).not.toContain(made.key);
    });
  });

  describe('ETag and If-Match', () => {
    it('refuse a change of something that changed meanwhile', async () => {
      const read = await agency.owner.api.get(`/v1/clients/${agency.client.id}`);
      const headers = { 'if-match': read.headers.etag! };
      const first = await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { shortName: 'Первый' }, { headers });
      const second = await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { shortName: 'Второй' }, { headers });
      expect([first.status, second.status, second.body.code]).toEqual([200, 412, 'http.version-stale']);
      expect(first.headers.etag).not.toBe(read.headers.etag);
      expect((await agency.owner.api.get(`/v1/clients/${agency.client.id}`)).body.shortName).toBe('Первый');
    });

    it('must be an ETag of ours', async () => {
      const { status, body } = await agency.owner.api.patch(
        `/v1/clients/${agency.client.id}`,
        {},
        { headers: { 'if-match': 'yesterday' } },
      );
      expect([status, body.fields[0].field]).toEqual([400, 'If-Match']);
    });
  });

  it('lists go on where they ended, newest first, without gaps or repeats', async () => {
    const made: string[] = [];
    for (let i = 0; i < 7; i += 1) made.unshift((await agency.owner.api.post('/v1/clients', clientRequest())).body.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Answer<Loose> = await agency.owner.api.get(`/v1/clients?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      cursor = page.body.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, 7)).toEqual(made);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('request ids come back, also in errors; a harmful one is replaced', async () => {
    const own = await agency.owner.api.get('/v1/me', { headers: { 'x-request-id': 'front-12345678' } });
    expect(own.headers['x-request-id']).toBe('front-12345678');
    const missing = await agency.owner.api.get('/v1/clients/019b76da-a800-7000-8000-000000000001', {
      headers: { 'x-request-id': 'front-12345678' },
    });
    expect(missing.body.requestId).toBe('front-12345678');
    const forged = await agency.owner.api.get('/v1/me', { headers: { 'x-request-id': 'a b\t{"level":50}' } });
    expect(forged.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets the configured front end in, and no other', async () => {
    const preflight = (origin: string) =>
      harness.api.call('OPTIONS', '/v1/clients', undefined, {
        headers: { origin, 'access-control-request-method': 'GET' },
        unchecked: true,
      });
    expect((await preflight('https://front.example')).headers['access-control-allow-origin']).toBe('https://front.example');
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers must not be cached, and errors are problem+json also for unknown addresses and broken JSON', async () => {
    const me = await agency.owner.api.get('/v1/me');
    expect(me.headers['cache-control']).toBe('no-store');
    const unknown = await agency.owner.api.get('/v1/nowhere');
    expect([unknown.status, unknown.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    const broken = await agency.owner.api.call('POST', '/v1/clients', '{"kind":', {
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, broken.body.code]).toEqual([400, 'http.request-invalid']);
  });

  it('tells machines that it is alive, ready, and its numbers, without naming a tenant', async () => {
    expect((await harness.api.get('/healthz')).body).toEqual({ status: 'ok' });
    const ready = await harness.api.get('/readyz');
    expect([ready.status, ready.body.checks.database, ready.body.checks.queue]).toEqual([200, 'ok', 'ok']);
    const numbers = await fetch(`${harness.baseUrl}/metrics`);
    const text = await numbers.text();
    expect(text).toContain('vestnik_http_request_seconds_count');
    expect(text).not.toContain(agency.contractorId);
  });
});
