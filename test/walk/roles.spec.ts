import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCompleteAgency, aKey, type CompleteAgency } from '../builders/complete-agency.js';
import { logIn } from '../builders/people.js';
import type { ApiClient } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { addressOf, bodyOf, type Operation, OPERATIONS } from './operations.js';
import { problemFaults } from './problem.js';

const ROLES = ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer', 'pressOfficer', 'clientViewer'] as const;

/** Routes that are no part of the public API, each with its reason. */
const UNDOCUMENTED: Readonly<Record<string, string>> = {
  'GET /metrics': 'for Prometheus, inside the network',
  'GET /healthz': 'for the orchestrator: does the process live',
  'GET /readyz': 'for the orchestrator: may it get traffic',
};

const NO_PROOF = [
  ['x-nothing', '1'],
  ['authorization', 'Bearer x'],
  ['authorization', 'Basic eDp4'],
  ['x-api-key', 'vst_live_x'],
] as const;

const cells = { refused: 0, allowed: 0 };

describe('roles and routes', () => {
  let harness: Harness;
  let agency: CompleteAgency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await aCompleteAgency(harness, 'Roles');
  });
  afterAll(async () => {
    await harness.close();
    process.stderr.write(`roles × routes: ${cells.refused} cells refused, ${cells.allowed} allowed\n`);
  });

  /** A request that is well formed and about nothing that exists: whoever may call the route changes nothing by it. */
  function call(api: ApiClient, one: Operation, headers: Record<string, string> = {}) {
    const body = one.body && bodyOf(one);
    return api.call(
      one.method,
      addressOf(one, () => randomUUID()),
      body,
      { headers, unchecked: one.takesFile },
    );
  }

  /** A session of its own for each cell that may log out, so that the others keep theirs. */
  async function apiOf(role: string, one: Operation): Promise<ApiClient> {
    const person = agency.people[role]!;
    if (one.name !== 'sessionsLogOut') return person.api;
    return (await logIn(harness.api, person.email, agency.contractorId)).api;
  }

  function isListed(one: Operation, role: string): boolean {
    return one.permission === 'public' || one.permission === 'authenticated' || one.roles.includes(role);
  }

  async function faultsOf(
    one: Operation,
    listed: boolean,
    api: ApiClient,
    headers: Record<string, string> = {},
  ): Promise<string[]> {
    const answer = await call(api, one, headers);
    cells[listed ? 'allowed' : 'refused'] += 1;
    const { status, body } = answer;
    if (!listed)
      return status === 403 && body.code === 'http.forbidden' ? problemFaults(one, answer) : [`${one.name}: ${status}`];
    const turnedAway = body?.code === 'http.forbidden' || body?.code === 'http.unauthenticated' || status >= 500;
    return turnedAway ? [`${one.name}: ${status} ${body?.code}`] : [];
  }

  it('knows every role that the document names, and every role has a person here', () => {
    const named = new Set(OPERATIONS.flatMap((one) => one.roles));
    expect([...named].sort()).toEqual([...ROLES].sort());
    expect(ROLES.filter((role) => !agency.people[role])).toEqual([]);
  });

  it.each(ROLES)('%s may call exactly the routes that list the role', async (role) => {
    const faults: string[] = [];
    for (const one of OPERATIONS) faults.push(...(await faultsOf(one, isListed(one, role), await apiOf(role, one))));
    expect(faults).toEqual([]);
  });

  it('nobody may call anything but what is public, and learns nothing else', async () => {
    const faults: string[] = [];
    for (const one of OPERATIONS.filter(({ permission }) => permission !== 'public')) {
      for (const [name, value] of NO_PROOF) {
        const answer = await call(harness.api.as(undefined), one, { [name]: value });
        cells.refused += 1;
        faults.push(...problemFaults(one, answer));
        if (answer.body.code !== 'http.unauthenticated') faults.push(`${one.name}: ${answer.status} ${answer.body.code}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('an API key may call exactly the routes of its scopes', async () => {
    const scopes = ['audit.read', 'posts.write'];
    const { key } = await aKey(agency.owner, { name: 'Два права', scopes });
    const faults: string[] = [];
    for (const one of OPERATIONS) {
      const listed = ['public', 'authenticated', ...scopes].includes(one.permission);
      faults.push(...(await faultsOf(one, listed, harness.api.as(undefined), { 'x-api-key': key })));
    }
    expect(faults).toEqual([]);
  });

  it('an API key with all scopes of its owner may call everything, by either header', async () => {
    const { key } = agency.apiKey;
    const faults: string[] = [];
    for (const one of OPERATIONS) {
      faults.push(...(await faultsOf(one, true, harness.api.as(undefined), { 'x-api-key': key })));
      faults.push(...(await faultsOf(one, true, harness.api.as(undefined), { authorization: `Bearer ${key}` })));
    }
    expect(faults).toEqual([]);
  });

  it('every route says whom it is for: a permission that some role has, "authenticated" or "public"', () => {
    const vague = OPERATIONS.filter(({ permission, roles }) =>
      ['public', 'authenticated'].includes(permission) ? roles.length > 0 : !permission || roles.length === 0,
    );
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it('keeps the list of public routes short and explained', () => {
    const open = OPERATIONS.filter(({ permission }) => permission === 'public').map(
      ({ method, template }) => `${method} ${template}`,
    );
    expect(open.sort()).toEqual([
      // For calendar programs: opened by the secret in it.
      'GET /v1/calendar-feeds/{token}.ics',
      // For whoever was sent it: one written file, opened by a signed link until it ends, and as long as its maker may read it.
      'GET /v1/export-files/{token}',
      // For people of the client who have no log-in: one frozen version, opened by a signed link until it ends.
      'GET /v1/report-pages/{token}',
      'POST /v1/contractors',
      'POST /v1/invitation-acceptances',
      'POST /v1/sessions',
      'POST /v1/sessions/current/token-pairs',
    ]);
  });

  it('the routes of the running server are the routes of the document', () => {
    const served = routesOf(harness);
    const described = OPERATIONS.map(({ method, template }) => `${method} ${template.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(served.sort()).toEqual([...described, ...Object.keys(UNDOCUMENTED)].sort());
  });

  it('answers other methods as if the address did not exist', async () => {
    const known = new Set(OPERATIONS.map(({ method, template }) => `${method} ${template}`));
    const faults: string[] = [];
    for (const template of new Set(OPERATIONS.map((one) => one.template))) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((verb) => !known.has(`${verb} ${template}`))) {
        const path = template.replaceAll(/\{\w+\}/g, randomUUID());
        const { status, body } = await agency.owner.api.call(method, path, undefined, { unchecked: true });
        // `/v1/sessions/current/…` and the like may meet a route with a parameter; none of them succeeds.
        if (![404, 400].includes(status) || !String(body.code).startsWith('http.')) faults.push(`${method} ${path}: ${status}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

/** What Fastify itself says that it serves; HEAD and OPTIONS come by themselves. */
function routesOf({ app }: Harness): string[] {
  const fastify = app.getHttpAdapter().getInstance() as unknown as { printRoutes(options: object): string };
  const lines = fastify.printRoutes({ commonPrefix: false }).split('\n');
  const stack: string[] = [];
  return lines.flatMap((line) => {
    const parsed = /^([│ ]*)[├└]── ([^(]+?)(?: \(([^)]+)\))?$/.exec(line);
    if (!parsed) return [];
    const depth = parsed[1]!.length / 4;
    stack.length = depth;
    stack.push(parsed[2]!);
    const path = stack.join('');
    return (parsed[3] ?? '').split(', ').flatMap((verb) => (['', 'HEAD', 'OPTIONS'].includes(verb) ? [] : [`${verb} ${path}`]));
  });
}
