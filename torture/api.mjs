import { pause } from './processes.mjs';

const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 15_000;

/** What one request came to. `status` 0: nobody knows whether it was done. */
export class Api {
  constructor(bases, random) {
    Object.assign(this, { bases, random });
  }

  async send(method, path, { token, body, key, form } = {}) {
    const sentAt = Date.now();
    try {
      const answer = await fetch(`${this.random.pick(this.bases)}${path}`, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(key && { 'idempotency-key': key }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text), sentAt, ackAt: Date.now() };
    } catch (error) {
      return { status: 0, body: { code: String(error.cause?.code ?? error.name) }, sentAt, ackAt: Date.now() };
    }
  }
}

/** A definite answer, as opposed to one that leaves open whether it was done. */
export const isDefinite = ({ status }) => status >= 200 && status < 500 && status !== 429;
export const isDone = ({ status }) => status >= 200 && status < 300;

/** A member who logs in again when his token runs out. */
export class Person {
  constructor(api, email, contractorId) {
    Object.assign(this, { api, email, contractorId, token: undefined });
  }

  async call(method, path, given = {}) {
    if (!this.token) await this.logIn();
    const answer = await this.api.send(method, path, { ...given, token: this.token });
    if (answer.status !== 401) return answer;
    await this.logIn();
    return this.api.send(method, path, { ...given, token: this.token });
  }

  /** Until the answer is definite, for what is safe to repeat: reads, and changes that carry a key. */
  async insist(method, path, given = {}, tries = 8) {
    let answer = await this.call(method, path, given);
    for (let i = 1; i < tries && !isDefinite(answer); i += 1) {
      await pause(Math.min(250 * 2 ** i, 4_000));
      answer = await this.call(method, path, given);
    }
    return answer;
  }

  async logIn() {
    const body = { email: this.email, password: PASSWORD, contractorId: this.contractorId };
    for (let i = 0; i < 20; i += 1) {
      const answer = await this.api.send('POST', '/v1/sessions', { body });
      if (answer.status === 201) return (this.token = answer.body.accessToken);
      await pause(1_000);
    }
    this.token = undefined;
  }
}

export async function signUp(api, name, email) {
  const contractor = { name, inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', timeZone: 'Europe/Moscow' };
  const body = { contractor, owner: { name: 'Ирина Петрова', email, password: PASSWORD } };
  const { contractorId } = must(await api.send('POST', '/v1/contractors', { body }), 201).body;
  return new Person(api, email, contractorId);
}

export async function join(owner, role, email, clientIds) {
  const invitation = { email, role, allClients: !clientIds, clientIds: clientIds ?? [] };
  const { token } = must(await owner.call('POST', '/v1/invitations', { body: invitation }), 201).body;
  const body = { token, name: `Сотрудник ${role}`, password: PASSWORD };
  must(await owner.api.send('POST', '/v1/invitation-acceptances', { body }), 201);
  return new Person(owner.api, email, owner.contractorId);
}

/** For the preparations, where nothing should fail yet. */
export function must(answer, status) {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
