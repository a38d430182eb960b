import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientRequest } from '../builders/agency.js';
import { anEmail, join, logIn, PASSWORD, type Person, signUp } from '../builders/people.js';
import { Harness } from '../harness/harness.js';

const CONTRACTOR = {
  name: 'ООО «Открытый город»',
  inn: '7707083893',
  kpp: '770701001',
  ogrn: '1027700132195',
  timeZone: 'Europe/Moscow',
};

describe('people and their access', () => {
  let harness: Harness;
  let owner: Person;
  let contractorId: string;

  beforeAll(async () => {
    harness = await Harness.start();
    ({ owner, contractorId } = await signUp(harness.api));
  });
  afterAll(() => harness.close());

  describe('signing up', () => {
    it.each([
      ['inn', '7707083894'],
      ['kpp', '7707'],
      ['ogrn', '1027700132196'],
      ['timeZone', 'Europe/Moskau'],
    ])('is refused with a wrong %s, by name, and nothing is written', async (field, value) => {
      const before = await harness.sql('select 1 from contractors');
      const contractor = { ...CONTRACTOR, [field]: value };
      const answer = await harness.api.post('/v1/contractors', {
        contractor,
        owner: { name: 'Ирина', email: anEmail('x'), password: PASSWORD },
      });
      expect(answer.status).toBe(400);
      expect(answer.body.fields).toEqual([expect.objectContaining({ field: `contractor.${field}` })]);
      expect(await harness.sql('select 1 from contractors')).toHaveLength(before.length);
    });

    it('repeated with its Idempotency-Key meets the first contractor, not a second one', async () => {
      const body = { contractor: CONTRACTOR, owner: { name: 'Ирина', email: anEmail('twice'), password: PASSWORD } };
      const headers = { 'idempotency-key': 'sign-up-1' };
      const first = await harness.api.post('/v1/contractors', body, { headers });
      const second = await harness.api.post('/v1/contractors', body, { headers });
      expect(second.body).toEqual(first.body);
      const other = await harness.api.post(
        '/v1/contractors',
        { ...body, owner: { ...body.owner, password: 'another password' } },
        { headers },
      );
      expect([other.status, other.body.code]).toEqual([409, 'identity.sign-up-repeated']);
    });

    it('with a known e-mail says nothing about it: the other contractor is a stranger', async () => {
      const answer = await harness.api.post('/v1/contractors', {
        contractor: CONTRACTOR,
        owner: { name: 'Чужой', email: owner.email, password: 'a password of their own' },
      });
      expect(answer.status).toBe(201);
      expect(answer.body.contractorId).not.toBe(contractorId);
      // The password decides which of the two logins it is.
      const mine = await harness.api.post('/v1/sessions', { email: owner.email, password: PASSWORD });
      expect(mine.body.contractorId).toBe(contractorId);
    });
  });

  describe('a session', () => {
    it('gives the same answer for an unknown e-mail and for a wrong password', async () => {
      const unknown = await harness.api.post('/v1/sessions', { email: anEmail('nobody'), password: PASSWORD });
      const wrong = await harness.api.post('/v1/sessions', { email: owner.email, password: 'not the password' });
      expect(unknown.status).toBe(401);
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    });

    it('is asked for its contractor when one password opens two', async () => {
      const email = anEmail('both');
      for (const name of ['Первая', 'Вторая']) {
        await harness.api.post('/v1/contractors', {
          contractor: { ...CONTRACTOR, name },
          owner: { name: 'Анна', email, password: PASSWORD },
        });
      }
      const ambiguous = await harness.api.post('/v1/sessions', { email, password: PASSWORD });
      expect([ambiguous.status, ambiguous.body.code]).toEqual([409, 'identity.contractor-ambiguous']);
      const [first] = String(ambiguous.body.fields[0].reason).match(/[0-9a-f-]{36}/g) ?? [];
      const chosen = await harness.api.post('/v1/sessions', { email, password: PASSWORD, contractorId: first });
      expect(chosen.body.contractorId).toBe(first);
    });

    it('is refreshed; a lost answer may be asked for again within ten seconds; an old token ends everything', async () => {
      const { tokens } = await logIn(harness.api, owner.email, contractorId);
      const refresh = (refreshToken: string) => harness.api.post('/v1/sessions/current/token-pairs', { refreshToken });
      const second = await refresh(tokens.refreshToken);
      const again = await refresh(tokens.refreshToken);
      expect(again.body.refreshToken).toBe(second.body.refreshToken);
      const third = await refresh(second.body.refreshToken);
      expect(third.status).toBe(201);

      const reused = await refresh(tokens.refreshToken);
      expect([reused.status, reused.body.code]).toEqual([401, 'identity.refresh-token-invalid']);
      expect((await refresh(third.body.refreshToken)).status).toBe(401);
      expect((await harness.api.as(third.body.accessToken).get('/v1/me')).status).toBe(401);
    });

    it('has exactly one successor when fifty refreshes race', async () => {
      const { tokens } = await logIn(harness.api, owner.email, contractorId);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          harness.api.post('/v1/sessions/current/token-pairs', { refreshToken: tokens.refreshToken }),
        ),
      );
      expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.refreshToken)).size).toBe(1);
    });

    it('refuses a repeat of a refresh after the ten seconds', async () => {
      const { tokens } = await logIn(harness.api, owner.email, contractorId);
      await harness.api.post('/v1/sessions/current/token-pairs', { refreshToken: tokens.refreshToken });
      await harness.clock.advance({ seconds: 11 });
      const late = await harness.api.post('/v1/sessions/current/token-pairs', { refreshToken: tokens.refreshToken });
      expect(late.status).toBe(401);
    });

    it('ends with a log-out at once', async () => {
      const { api, tokens } = await logIn(harness.api, owner.email, contractorId);
      expect((await api.delete('/v1/sessions/current')).status).toBe(204);
      expect((await api.get('/v1/me')).status).toBe(401);
      expect((await harness.api.post('/v1/sessions/current/token-pairs', { refreshToken: tokens.refreshToken })).status).toBe(
        401,
      );
    });

    it('runs out: the access token after ten minutes, the refresh token after a week', async () => {
      const { api, tokens } = await logIn(harness.api, owner.email, contractorId);
      await harness.clock.advance({ minutes: 9 });
      expect((await api.get('/v1/me')).status).toBe(200);
      await harness.clock.advance({ minutes: 2 });
      expect((await api.get('/v1/me')).status).toBe(401);
      await harness.clock.advance({ days: 8 });
      expect((await harness.api.post('/v1/sessions/current/token-pairs', { refreshToken: tokens.refreshToken })).status).toBe(
        401,
      );
    });

    it.each([
      ['no signature', (token: string) => `${token.split('.').slice(0, 2).join('.')}.`],
      [
        'another algorithm',
        (token: string) => `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${token.split('.')[1]}.`,
      ],
      ['a changed claim', (token: string) => token.replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"x"}').toString('base64url')}.`)],
      ['a refresh token', (_: string, refreshToken: string) => refreshToken],
      ['nonsense', () => 'nonsense'],
    ])('is not opened by a token with %s', async (_, forge) => {
      const { tokens } = await logIn(harness.api, owner.email, contractorId);
      expect((await harness.api.as(forge(tokens.accessToken, tokens.refreshToken)).get('/v1/me')).status).toBe(401);
    });
  });

  describe('members', () => {
    it('come by invitation only, once, with the role and the clients that they were invited for', async () => {
      const client = (await owner.api.post('/v1/clients', clientRequest())).body;
      const email = anEmail('press');
      const invited = await owner.api.post('/v1/invitations', {
        email,
        role: 'pressOfficer',
        allClients: false,
        clientIds: [client.id],
      });
      const accept = () =>
        harness.api.post('/v1/invitation-acceptances', { token: invited.body.token, name: 'Пётр', password: PASSWORD });
      const accepted = await accept();
      expect(accepted.body.member).toMatchObject({ email, role: 'pressOfficer', allClients: false, clientIds: [client.id] });
      const again = await accept();
      expect([again.status, again.body.code]).toEqual([404, 'identity.invitation-invalid']);
    });

    it('can’t be invited after the invitation was revoked or ran out', async () => {
      const body = { email: anEmail('late'), role: 'editor', allClients: true, clientIds: [] };
      const revoked = (await owner.api.post('/v1/invitations', body)).body;
      await owner.api.delete(`/v1/invitations/${revoked.id}`);
      const old = (await owner.api.post('/v1/invitations', body)).body;
      await harness.clock.advance({ days: 15 });
      for (const { token } of [revoked, old]) {
        const answer = await harness.api.post('/v1/invitation-acceptances', { token, name: 'Пётр', password: PASSWORD });
        expect(answer.status).toBe(404);
      }
    });

    it.each([
      ['a press officer of all clients', { role: 'pressOfficer', allClients: true, clientIds: [] }, 'allClients'],
      ['a press officer of no client', { role: 'pressOfficer', allClients: false, clientIds: [] }, 'clientIds'],
      [
        'an editor of all clients and of one',
        { role: 'editor', allClients: true, clientIds: ['019b76da-a800-7000-8000-000000000001'] },
        'clientIds',
      ],
      [
        'an editor of an unknown client',
        { role: 'editor', allClients: false, clientIds: ['019b76da-a800-7000-8000-000000000001'] },
        'clientIds',
      ],
    ])('are not %s', async (_, reach, field) => {
      const answer = await owner.api.post('/v1/invitations', { email: anEmail('wrong'), ...reach });
      expect([answer.status, answer.body.fields[0].field]).toEqual([400, field]);
    });

    it('lose a right with their next request, and everything when disabled', async () => {
      const manager = await join(owner, 'manager');
      expect((await manager.api.post('/v1/clients', clientRequest())).status).toBe(201);
      const [member] = (await owner.api.get('/v1/members')).body.data.filter(({ id }: { id: string }) => id === manager.id);
      await owner.api.patch(`/v1/members/${member.id}`, { role: 'viewer' });
      expect((await manager.api.post('/v1/clients', clientRequest())).status).toBe(403);
      await owner.api.patch(`/v1/members/${member.id}`, { status: 'disabled' });
      expect((await harness.api.as(manager.api.token).get('/v1/me')).status).toBe(401);
      expect((await harness.api.post('/v1/sessions', { email: manager.email, password: PASSWORD })).status).toBe(401);
    });

    it('always have one active owner left, also when two leave at the same time', async () => {
      const { owner: first } = await signUp(harness.api);
      const alone = await first.api.patch(`/v1/members/${first.id}`, { status: 'disabled' });
      expect([alone.status, alone.body.code]).toEqual([409, 'identity.last-owner']);
      const second = await join(first, 'owner');
      const answers = await Promise.all([
        first.api.patch(`/v1/members/${first.id}`, { role: 'editor' }),
        second.api.patch(`/v1/members/${second.id}`, { role: 'editor' }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('change their password; the other sessions end, this one stays', async () => {
      const viewer = await join(owner, 'viewer');
      const other = await logIn(harness.api, viewer.email, contractorId);
      const wrong = await viewer.api.put('/v1/me/password', {
        currentPassword: 'not this one',
        newPassword: 'a brand new password',
      });
      expect(wrong.status).toBe(401);
      expect(
        (await viewer.api.put('/v1/me/password', { currentPassword: PASSWORD, newPassword: 'a brand new password' })).status,
      ).toBe(204);
      expect((await harness.api.as(other.tokens.accessToken).get('/v1/me')).status).toBe(401);
      expect((await harness.api.as(viewer.api.token).get('/v1/me')).status).toBe(200);
    });
  });

  describe('API keys', () => {
    const key = async (body: object) =>
      (await owner.api.post('/v1/api-keys', { name: '1С', allClients: true, clientIds: [], ...body })).body;

    it('do what their scopes say and nothing more, are shown once, and stop when revoked', async () => {
      const made = await key({ scopes: ['clients.read'] });
      const integration = harness.api.as(made.key);
      expect((await integration.get('/v1/clients')).status).toBe(200);
      expect((await integration.post('/v1/clients', clientRequest())).status).toBe(403);
      expect(JSON.stringify((await owner.api.get('/v1/api-keys')).body)).not.toContain(made.key);
      const rows = await harness.sql('select * from api_keys');
      expect(JSON.stringify(rows)).not.toContain(made.key);
      await owner.api.delete(`/v1/api-keys/${made.id}`);
      expect((await integration.get('/v1/clients')).status).toBe(401);
    });

    it('see only their clients', async () => {
      const [one, two] = [
        (await owner.api.post('/v1/clients', clientRequest())).body,
        (await owner.api.post('/v1/clients', clientRequest())).body,
      ];
      const made = await key({ scopes: ['clients.read'], allClients: false, clientIds: [one.id] });
      const integration = harness.api.as(made.key);
      expect((await integration.get('/v1/clients')).body.data.map(({ id }: { id: string }) => id)).toEqual([one.id]);
      expect((await integration.get(`/v1/clients/${two.id}`)).status).toBe(404);
    });

    it('can’t have a permission that their maker has not, and run out', async () => {
      const wrong = await owner.api.post('/v1/api-keys', { name: 'x', scopes: ['everything'], allClients: true, clientIds: [] });
      expect([wrong.status, wrong.body.fields[0].field]).toEqual([400, 'scopes']);
      const expiresAt = new Date(harness.clock.now().getTime() + 60_000).toISOString();
      const made = await key({ scopes: ['clients.read'], expiresAt });
      await harness.clock.advance({ minutes: 2 });
      expect((await harness.api.as(made.key).get('/v1/clients')).status).toBe(401);
    });
  });
});

describe('guessing passwords', () => {
  it('is stopped after five tries for an account, with the time to wait, and sign-ups after their own limit', async () => {
    const limits = {
      loginByEmail: { points: 5, seconds: 300 },
      loginByAddress: { points: 1_000, seconds: 300 },
      signUpByAddress: { points: 1, seconds: 3_600 },
    };
    const harness = await Harness.start({ limits });
    try {
      const { owner, contractorId } = await signUp(harness.api);
      const tries = [];
      // One log-in was spent by the sign-up helper.
      for (let i = 0; i < 5; i += 1)
        tries.push((await harness.api.post('/v1/sessions', { email: owner.email, password: 'wrong guess' })).status);
      expect(tries).toEqual([401, 401, 401, 401, 429]);
      const stopped = await harness.api.post('/v1/sessions', { email: owner.email, password: PASSWORD, contractorId });
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
      expect(stopped.headers['ratelimit-remaining']).toBe('0');
      await expect(signUp(harness.api)).rejects.toThrow('http.too-many-requests');
    } finally {
      await harness.close();
    }
  });
});
