import { createHash } from 'node:crypto';

const BEGAN = Date.parse('2026-11-24T09:00:00.000Z');
const iso = (ms) => new Date(ms).toISOString();

/** Two contractors with a page each on either network, and posts with every ending; all is well. */
export function cleanEvidence() {
  const world = new Story();
  world.contractor('c1', 'канарейка-альфа', [
    ['vk', '301'],
    ['ok', '601'],
  ]);
  world.contractor('c2', 'канарейка-бета', [
    ['vk', '302'],
    ['ok', '602'],
  ]);
  for (const contractor of ['c1', 'c2']) {
    world.post(contractor, { after: 10_000, ending: 'published' });
    world.post(contractor, { after: 30_000, ending: 'published' });
    world.post(contractor, { after: 20_000, ending: 'withdrawn' });
    world.post(contractor, { after: 25_000, ending: 'deleted' });
    world.post(contractor, { after: 40_000, ending: 'revoked' });
    world.post(contractor, { after: 70_000, ending: 'stopped' });
    world.post(contractor, { after: 150_000, ending: 'published', afterwards: true });
  }
  return world.evidence();
}

class Story {
  constructor() {
    Object.assign(this, { journal: [], wire: [], ledger: [], walls: [], faults: [], count: 0, pages: [] });
    this.database = { publications: [], attempts: [], looks: [], posts: [], contracts: [], lanes: [] };
  }

  contractor(contractor, canary, pages) {
    this.journal.push({ kind: 'contractor', contractor, canary });
    const client = `${contractor}-client`;
    for (const [network, externalId] of pages) {
      const page = { page: `${network}-${externalId}`, network, externalId, client, contractor };
      this.pages.push({ ...page, canary });
      this.journal.push({ kind: 'page', ...page, sharedLabels: [`${contractor}-user`] });
      this.journal.push({
        kind: 'connect',
        page: page.page,
        label: `${network}-${externalId}-1`,
        sentAt: BEGAN,
        ackAt: BEGAN + 50,
        status: 200,
      });
    }
    const ids = pages.map(([network, externalId]) => `${network}-${externalId}`);
    this.contract({ contractor, client, pages: ids, number: 1, after: 0 }, { endedAfter: 60_000 });
    this.contract({ contractor, client, pages: ids, number: 2, after: 80_000 }, {});
  }

  contract({ contractor, client, pages, number, after }, { endedAfter }) {
    const id = `${contractor}-contract-${number}`;
    const [began, ended] = [BEGAN + after, BEGAN + endedAfter];
    const told = { contract: id, client, pages, status: 200 };
    this.journal.push({ kind: 'contract', ...told, sentAt: began, mayBeginAt: began + 20, ackAt: began + 50 });
    const row = { id, contractor, client, pages, startsAt: iso(BEGAN - 86_400_000), endsAt: iso(BEGAN + 86_400_000) };
    if (endedAfter === undefined) {
      this.database.contracts.push({ ...row, status: 'active', terminatedAt: null, committedAt: iso(began + 40) });
      return;
    }
    this.journal.push({ kind: 'terminate', ...told, sentAt: ended, ackAt: ended + 50 });
    const end = { status: 'terminated', terminatedAt: iso(ended + 20), committedAt: iso(ended + 30) };
    this.database.contracts.push({ ...row, ...end });
  }

  post(contractor, { after, ending, afterwards = false }) {
    this.count += 1;
    const [post, due, mark] = [`post-${this.count}`, BEGAN + after, `⟦1-${this.count}⟧`];
    const pages = this.pages.filter((page) => page.contractor === contractor);
    const texts = Object.fromEntries(pages.map(({ network, canary }) => [network, `${canary} ${mark} текст (${network})`]));
    const common = { client: `${contractor}-client`, contractor };
    this.journal.push({ kind: 'post', at: BEGAN + 1_000, status: 201, post, mark, title: `Пост ${mark}`, texts, ...common });
    this.journal.push({ kind: 'approved', at: BEGAN + 2_000, post });
    this.database.posts.push({ id: post, title: `Пост ${mark}`, contractor });
    const publications = pages.map(({ page }) => ({ id: `${post}-${page}`, page, state: 'scheduled' }));
    const said = { post, sentAt: BEGAN + 3_000, ackAt: BEGAN + 3_050, status: 200 };
    this.journal.push({ kind: 'schedule', ...said, due, pages: pages.map(({ page }) => page), publications, afterwards });
    for (const page of pages) this.fate({ ...page, post, due, text: texts[page.network], ...common }, ending);
    this.saying({ post, due, publications }, ending);
  }

  saying({ post, due, publications }, ending) {
    const told = { post, sentAt: due - 5_000, ackAt: due - 4_950 };
    if (ending === 'withdrawn') {
      this.journal.push({
        kind: 'withdraw',
        ...told,
        status: 200,
        publications: publications.map((one) => ({ ...one, state: 'withdrawn' })),
      });
    }
    if (ending === 'deleted') {
      const late = { post, sentAt: due + 300, ackAt: due + 350, status: 202 };
      this.journal.push({ kind: 'withdraw', ...late, publications: publications.map((one) => ({ ...one, state: 'published' })) });
    }
    if (ending === 'revoked') this.journal.push({ kind: 'revoke', ...told, status: 200 });
  }

  fate({ network, externalId: owner, page, post, client, contractor, due, text }, ending) {
    const sent = ['published', 'deleted'].includes(ending);
    const row = {
      id: `${post}-${page}`,
      contractor,
      client,
      post,
      page,
      network,
      dueAt: iso(due),
      nextTryAt: iso(due),
      tries: sent ? 1 : 0,
    };
    const endings = {
      published: { state: 'published', firstSentAt: iso(due + 200), externalId: String(this.ledger.length + 1), reason: null },
      deleted: {
        state: 'deleted',
        firstSentAt: iso(due + 200),
        externalId: String(this.ledger.length + 1),
        reason: null,
        withdrawRequestedAt: iso(due + 320),
      },
      withdrawn: { state: 'withdrawn', externalId: null, reason: null, withdrawRequestedAt: iso(due - 4_960) },
      revoked: { state: 'held', externalId: null, reason: { code: 'not-approved', message: 'Согласования нет' } },
      stopped: { state: 'held', externalId: null, reason: { code: 'no-contract', message: 'Договора нет' } },
    };
    const marker = createHash('sha256').update(row.id).digest('hex');
    this.database.publications.push({ marker, firstSentAt: null, withdrawRequestedAt: null, ...row, ...endings[ending] });
    if (sent) this.send({ network, owner, text, marker, at: due + 210 }, ending === 'published');
  }

  send({ network, owner, text, marker, at }, stands) {
    const paramsHash = createHash('sha256').update(`${owner} ${text}`).digest('hex');
    const method = network === 'vk' ? 'wall.post' : 'mediatopic.post';
    const signed = network === 'vk' ? `-${owner}` : owner;
    this.wire.push({ at, network, method, paramsHash, owner: signed, text, marker: network === 'vk' ? marker : null });
    const postId = String(this.ledger.length + 1);
    const entry = {
      network,
      what: 'call',
      method,
      tokenLabel: `${network}-${owner}-1`,
      paramsHash,
      effect: 'yes',
      owner: signed,
      postId,
    };
    this.ledger.push({ seq: this.ledger.length + 1, at: iso(at + 5), ...entry, answer: 'success' });
    if (stands) this.walls.push({ network, owner, postId, text });
  }

  evidence() {
    const times = {
      healedAt: BEGAN + 120_000,
      endedAt: BEGAN + 300_000,
      resolvedWithinMs: 20_000,
      backlog: 0,
      deaths: [],
      backlogAfterMs: 120_000,
      pausesWhenHealed: [],
    };
    const run = {
      ...times,
      windowMs: 5_500,
      afterwardsWithinMs: 10_000,
      options: { seed: 1, queue: 'none', minutes: 2 },
      faults: {},
      told: {},
      posts: this.count,
    };
    const { journal, wire, ledger, walls, faults, database } = this;
    return { run, journal, wire, ledger, walls, faults, database };
  }
}
