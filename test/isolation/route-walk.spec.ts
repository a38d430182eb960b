import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aCompleteAgency,
  aKey,
  type CompleteAgency,
  editWhatIsPublished,
  outsidePostOf,
  publishWhatIsDue,
  webhookDeliveryOf,
} from '../builders/complete-agency.js';
import { join, PASSWORD } from '../builders/people.js';
import { aPhoto } from '../builders/posts.js';
import type { ApiClient, Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { checksumsOf, distinctiveValues, idsOf } from '../harness/tenant-rows.js';
import { addressOf, type Operation, OPERATIONS } from '../walk/operations.js';
import { ask, type IdPosition, idPositions, type OwnIds } from './strange-ids.js';

/** Operations that take no id and list nothing: nobody else's object can be named in them. */
const NOTHING_TO_NAME: Readonly<Record<string, string>> = {
  contractorChange: "the caller's own contractor",
  exportFilesLinked: 'opened by a token alone',
  exportJobsOrder: 'reads what the caller may read, whose ids are named nowhere',
  feedReadingRead: 'opened by a token alone',
  invitationsAccept: 'opened by a token alone',
  keyRatesRemove: 'a rate counts for the whole contractor',
  keyRatesSet: 'a rate counts for the whole contractor',
  meChangePassword: 'the caller himself',
  meChangeTimeZone: 'the caller himself',
  productionCalendarsCreate: 'a calendar counts for the whole contractor',
  reportLinksPage: 'opened by a token alone',
  scoringModelsAdd: 'a model counts for the whole contractor',
  sessionsLogOut: "the caller's own session",
  sessionsRefresh: 'opened by a token alone',
  signUpsSignUp: 'makes a new contractor',
};

/** How a route says that it looked for an id in vain, or that it would not even look for this caller. */
const FOUND_NOTHING = /(-not-found|-unknown|\.wrong-credentials|scope-too-narrow|person-needed)$/;

/** A review takes many ids at once, and says so of each. */
const NO_SUCH = 'There is no held publication with this id';

const DOCUMENT = readFileSync('docs/openapi.json', 'utf8');
const WALKED = OPERATIONS.filter((one) => idPositions(one).length > 0);
const READING = OPERATIONS.filter(({ method, permission }) => method === 'GET' && permission !== 'public');
const cells = { strangeIds: 0, narrowIds: 0, answersRead: 0 };

/** The oldest, one between and the newest: they are in different states, and more of them prove no more. */
function few(ids: readonly string[]): readonly string[] {
  return ids.length < 4 ? ids : [ids[0]!, ids[ids.length >> 1]!, ids.at(-1)!];
}

interface Caller {
  readonly role: string;
  readonly api: ApiClient;
}

describe('nobody reaches what is not his', () => {
  let harness: Harness;
  let mine: CompleteAgency;
  let theirs: CompleteAgency;
  let theirIds: Record<string, string[]>;
  let own: OwnIds;
  /** People and a key of the first client alone. */
  const narrow = new Map<string, Caller>();
  let untouched: object;

  beforeAll(async () => {
    harness = await Harness.start();
    mine = await aCompleteAgency(harness, 'Adelheid');
    theirs = await aCompleteAgency(harness, 'Berengar');
    await publishWhatIsDue(harness);
    for (const things of [mine.second, theirs.first]) await editWhatIsPublished(harness, things);
    // What was edited is read back a minute later: no check falls due while the walk counts rows.
    await publishWhatIsDue(harness);
    theirIds = await idsOf(harness, theirs.contractorId);
    for (const { people, first, second } of [mine, theirs]) {
      const clientPeople = [first, second].flatMap(({ agency, clientViewer }) => [agency.pressOfficer, clientViewer]);
      for (const { api } of [...Object.values(people), ...clientPeople]) await api.freshen();
    }
    own = await ownIds(mine);
    await prepareNarrowCallers();
    untouched = await stateOfTheirs();
  }, 180_000);
  afterAll(async () => {
    await harness.close();
    const { strangeIds, narrowIds, answersRead } = cells;
    process.stderr.write(
      `route walk: ${strangeIds} cells with ids of another agency, ${narrowIds} with ids of another client, ${answersRead} answers read\n`,
    );
  });

  async function stateOfTheirs(): Promise<object> {
    return { rows: await checksumsOf(harness, theirs.contractorId), calls: harness.sandbox.ledger.entries.length };
  }

  async function ownIds(agency: CompleteAgency): Promise<OwnIds> {
    const { first, second, people, invitation, apiKey, calendar, contractorId, webhookEndpoint } = agency;
    const { client, vkPage } = first.agency;
    const page = vkPage.id;
    return {
      ...{ contractorId, clientId: client.id, clientIds: client.id, founderId: second.agency.client.id },
      ...{
        pageId: page,
        pageIds: page,
        mediaId: first.mediaId,
        logoMediaId: first.mediaId,
        mediaIds: first.mediaId,
        publicationId: first.publicationId,
        publicationIds: first.publicationId,
      },
      ...{ acceptanceId: first.acceptance.id, acceptanceRoundId: first.acceptance.rounds[0].id },
      ...{ penaltyProposalId: first.penaltyProposal.id },
      ...{ excuseId: first.excuse.id, requirementPeriodId: first.requirementPeriod.id },
      ...{ handoverItemId: first.handoverItem.id, 'handoverRead.contractId': first.measuredContract.id },
      ...{
        reportId: first.report.id,
        reportLinkId: first.reportLink.id,
        reportScheduleId: first.reportSchedule.id,
        'reportsCreate.contractId': first.agency.contract.id,
      },
      ...{ collection: 'contracts', exportJobId: first.exportJob.id },
      ...{ webhookEndpointId: webhookEndpoint.id, webhookDeliveryId: await webhookDeliveryOf(agency) },
      ...{ deadlineId: first.deadline.id, calendarFeedId: first.calendarFeed.id },
      ...{ quietPeriodId: first.quietPeriod.id, outsidePostId: (await outsidePostOf(first)).id },
      ...{ postId: first.draft.id, objectId: first.draft.id, contractId: first.draftContract.id },
      ...{ memberId: people.editor!.id, invitationId: invitation.id, apiKeyId: apiKey.id, calendarId: calendar.id },
      // Signed: a draft has no versions.
      ...{ 'addendaAdd.contractId': first.agency.contract.id, 'addendaTerms.contractId': first.agency.contract.id },
      ...{ 'excusesRecord.contractId': first.measuredContract.id, 'planFactRead.contractId': first.measuredContract.id },
      ...{ 'schedulesSchedule.postId': first.approved.id, 'schedulesGet.postId': first.waiting.id },
    };
  }

  async function prepareNarrowCallers(): Promise<void> {
    const { owner, first, second } = mine;
    const clientId = first.agency.client.id;
    for (const role of ['manager', 'editor', 'approver', 'accountant', 'viewer']) {
      narrow.set(role, { role, api: (await join(owner, role, [clientId])).api });
    }
    narrow.set('pressOfficer', { role: 'pressOfficer', api: first.agency.pressOfficer.api });
    narrow.set('clientViewer', { role: 'clientViewer', api: first.clientViewer.api });
    const { body: me } = await owner.api.get('/v1/me');
    const { key } = await aKey(owner, { name: 'Один', scopes: me.permissions, allClients: false, clientIds: [clientId] });
    narrow.set('API key', { role: 'owner', api: harness.api.as(key) });
    // What names the second client beside its own rows.
    await aKey(owner, { name: 'Второй', scopes: ['posts.read'], allClients: false, clientIds: [second.agency.client.id] });
    const invited = {
      email: 'second@invited.example',
      role: 'clientViewer',
      allClients: false,
      clientIds: [second.agency.client.id],
    };
    await owner.api.post('/v1/invitations', invited);
  }

  /** Puts ids that are not the caller's into every place where an id may stand, and compares with ids that nobody has. */
  async function walk(caller: Caller, operations: readonly Operation[], ids: Record<string, string[]>): Promise<string[]> {
    const open = operations.filter(({ permission, roles }) => permission === 'public' || roles.includes(caller.role));
    const faults: string[] = [];
    for (const at of open.flatMap(idPositions)) faults.push(...(await tryAt(at, caller, few(ids[at.table] ?? []))));
    return faults;
  }

  async function tryAt(at: IdPosition, caller: Caller, ids: readonly string[]): Promise<string[]> {
    // Without a token: a member's client would take the refusal of a log-in for the end of his own session.
    const api = at.one.permission === 'public' ? harness.api.as(undefined) : caller.api;
    const place = `${at.one.name} ${at.in} ${at.path.join('.')}`;
    const faults: string[] = [];
    const stranger = await ask(api, at, randomUUID(), own);
    // Otherwise the request failed before anybody looked at the id, and the cell would prove nothing.
    if (!FOUND_NOTHING.test(stranger.code ?? '') && !stranger.isEmptyList && !stranger.text.includes(NO_SUCH))
      faults.push(`${place}: an unknown id answers ${stranger.text}`);
    for (const id of ids) {
      const told = await ask(api, at, id, own);
      if (told.text !== stranger.text) faults.push(`${place}: ${told.text} instead of ${stranger.text}`);
      cells[(theirIds[at.table] ?? []).includes(id) ? 'strangeIds' : 'narrowIds'] += 1;
    }
    return faults;
  }

  /** Reads everything that a caller may read, page by page, and gives it back as one text for each operation. */
  async function readAll({ api, role }: Caller, headers: Record<string, string> = {}): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for (const one of READING.filter(({ permission, roles }) => permission === 'authenticated' || roles.includes(role))) {
      const isList = one.parameters.some(({ name }) => name === 'cursor');
      let cursor: string | null | undefined;
      let text = '';
      do {
        const query = { ...(isList && { limit: '7' }), ...(cursor && { cursor }) };
        const answer = await api.get<Loose>(
          addressOf(one, (name) => own[`${one.name}.${name}`] ?? own[name]!, query),
          { headers },
        );
        if (answer.body?.code === 'http.scope-too-narrow') break;
        if (answer.status !== 200) throw new Error(`${one.name} as ${role}: ${JSON.stringify(answer.body)}`);
        text += JSON.stringify([answer.body, answer.headers.etag]);
        cursor = answer.body.nextCursor;
        cells.answersRead += 1;
      } while (cursor);
      texts[one.name] = text;
    }
    return texts;
  }

  function leaks(texts: Record<string, string>, canaries: ReadonlySet<string>): string[] {
    return Object.entries(texts).flatMap(([name, text]) =>
      [...canaries].filter((canary) => text.includes(JSON.stringify(canary).slice(1, -1))).map((canary) => `${name}: ${canary}`),
    );
  }

  it('forgets no operation: each takes an id, is read, or is explained', () => {
    const covered = new Set([...WALKED, ...READING].map((one) => one.name));
    const rest = OPERATIONS.map((one) => one.name).filter((name) => !covered.has(name));
    expect(rest.sort()).toEqual(Object.keys(NOTHING_TO_NAME));
  });

  it("finds the caller's own objects, so that the walk below means something", async () => {
    const texts = await readAll({ role: 'owner', api: mine.owner.api });
    expect(Object.keys(texts).sort()).toEqual(READING.map((one) => one.name).sort());
    expect(texts.postsGet).toContain(mine.first.draft.id);
  });

  it.each(WALKED.filter(({ method }) => method === 'GET'))(
    '$name would be caught: the walk tells ids that one sees',
    async (one) => {
      const ids = await idsOf(harness, mine.contractorId);
      expect(await walk({ role: 'owner', api: mine.owner.api }, [one], ids)).not.toEqual([]);
    },
  );

  it.each(WALKED)("$name answers to another agency's id exactly as to one that does not exist", async (one) => {
    expect(await walk({ role: 'owner', api: mine.owner.api }, [one], theirIds)).toEqual([]);
  });

  it('answers the same to a press officer, a narrow manager and a narrow key', async () => {
    for (const name of ['pressOfficer', 'manager', 'API key']) {
      expect([name, await walk(narrow.get(name)!, WALKED, theirIds)]).toEqual([name, []]);
    }
  }, 180_000);

  it('has changed nothing of the other agency by all this, and sent nothing to the networks', async () => {
    await harness.drain();
    expect(await stateOfTheirs()).toEqual(untouched);
  });

  it("shows no id, name, text or hash of the other agency in anything that this agency's people read", async () => {
    const canaries = await distinctiveValues(harness, { contractorId: theirs.contractorId }, DOCUMENT);
    expect(canaries.size).toBeGreaterThan(200);
    for (const [role, { api }] of Object.entries(mine.people)) {
      expect([role, leaks(await readAll({ role, api }), canaries)]).toEqual([role, []]);
    }
    // The net has no holes: the same reading by the other agency catches plenty.
    const kept = own;
    own = await ownIds(theirs);
    const caught = leaks(await readAll({ role: 'owner', api: theirs.owner.api }), canaries);
    own = kept;
    expect(caught.length).toBeGreaterThan(100);
  });

  it('answers to ids of another client, for whoever sees one client alone, as to ids that do not exist', async () => {
    const ids = await idsOf(harness, mine.contractorId, mine.second.agency.client.id);
    const before = await checksumsOf(harness, mine.contractorId);
    for (const [name, caller] of narrow) expect([name, await walk(caller, WALKED, ids)]).toEqual([name, []]);
    expect(await checksumsOf(harness, mine.contractorId)).toEqual(before);
  }, 180_000);

  it('shows nothing of another client to whoever sees one client alone', async () => {
    const second = { contractorId: mine.contractorId, clientId: mine.second.agency.client.id };
    const canaries = await distinctiveValues(harness, second, DOCUMENT);
    expect(canaries.size).toBeGreaterThan(100);
    for (const [name, caller] of narrow) expect([name, leaks(await readAll(caller), canaries)]).toEqual([name, []]);
  });

  it('believes the token alone: forged headers change no answer', async () => {
    const forged = {
      ...{ 'x-contractor-id': theirs.contractorId, 'x-tenant-id': theirs.contractorId, 'x-user-id': theirs.owner.id },
      ...{
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'ftp',
        'x-real-ip': '127.0.0.1',
      },
      ...{
        'x-original-url': '/v1/clients',
        'x-rewrite-url': '/v1/clients',
        'x-http-method-override': 'DELETE',
        'x-role': 'owner',
      },
      ...{ forwarded: 'for=127.0.0.1;host=evil.example', 'x-client-ids': '*', cookie: `contractorId=${theirs.contractorId}` },
    };
    const caller = narrow.get('editor')!;
    expect(await readAll(caller, forged)).toEqual(await readAll(caller));
  });

  it("gives nothing of the other agency for the other agency's cursors", async () => {
    const canaries = await distinctiveValues(harness, { contractorId: theirs.contractorId }, DOCUMENT);
    const theirOwn = await ownIds(theirs);
    const texts: Record<string, string> = {};
    for (const one of READING.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'))) {
      const { body } = await theirs.owner.api.get(addressOf(one, (name) => theirOwn[name]!, { limit: '1' }));
      const cursor = body.nextCursor ?? Buffer.from(body.data?.[0]?.id ?? randomUUID(), 'latin1').toString('base64url');
      const answer = await mine.owner.api.get(addressOf(one, (name) => own[name]!, { cursor }));
      texts[one.name] = JSON.stringify(answer.body);
    }
    expect(Object.keys(texts).length).toBeGreaterThan(8);
    expect(leaks(texts, canaries)).toEqual([]);
  });

  it('keeps Idempotency-Keys apart: the same key is another one in another agency', async () => {
    // Both agencies sent their first invitation with the key "first-invitation".
    expect(mine.invitation.id).not.toBe(theirs.invitation.id);
    const headers = { 'idempotency-key': 'one-key-for-all' };
    const request = (mark: string) => ({ name: mark, scopes: ['posts.read'], allClients: true, clientIds: [] });
    const first = await theirs.owner.api.post('/v1/api-keys', request('Berengar'), { headers });
    const second = await mine.owner.api.post('/v1/api-keys', request('Adelheid'), { headers });
    expect([first.status, second.status, second.body.name]).toEqual([201, 201, 'Adelheid']);
    expect(second.headers['idempotent-replay']).toBeUndefined();
    expect((await mine.owner.api.post('/v1/api-keys', request('Adelheid'), { headers })).body.id).toBe(second.body.id);
  });

  it('lets nobody learn by a collision what another agency has: pages, e-mails, photos, numbers of contracts', async () => {
    const { agency } = mine.first;
    const stranger = theirs.first.agency;
    const page = { clientId: agency.client.id, network: 'vk', externalId: String(stranger.vkGroupId) };
    expect((await mine.owner.api.post('/v1/pages', page)).status).toBe(201);
    const person = { email: theirs.people.editor!.email, role: 'editor', allClients: true, clientIds: [] };
    expect((await mine.owner.api.post('/v1/invitations', person)).status).toBe(201);
    const photo = await aPhoto();
    const uploads = [stranger, agency].map(({ editor, client }) =>
      editor.api.upload(`/v1/clients/${client.id}/media`, photo, 'a.jpg'),
    );
    const [first, second] = await Promise.all(uploads);
    expect([first!.status, second!.status]).toEqual([201, 201]);
    expect(first!.body.id).not.toBe(second!.body.id);
  });

  it('opens no session in another agency for a login of this one', async () => {
    const login = (contractorId: string) =>
      harness.api.as(undefined).post('/v1/sessions', { email: mine.owner.email, password: PASSWORD, contractorId });
    const [foreign, unknown] = [await login(theirs.contractorId), await login(randomUUID())];
    expect([foreign.status, foreign.body.code]).toEqual([401, 'identity.wrong-credentials']);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('does not let a token or a key be moved to another agency by renaming the agency inside it', async () => {
    const hex = (id: string) => id.replaceAll('-', '');
    const key = String(mine.apiKey.key).replace(hex(mine.contractorId), hex(theirs.contractorId));
    expect((await harness.api.as(key).get('/v1/me')).status).toBe(401);
    const [head, claims, signature] = mine.owner.api.token!.split('.') as [string, string, string];
    const forged = Buffer.from(claims, 'base64url').toString().replace(mine.contractorId, theirs.contractorId);
    const token = [head, Buffer.from(forged).toString('base64url'), signature].join('.');
    expect((await harness.api.as(token).get('/v1/me')).status).toBe(401);
  });
});
