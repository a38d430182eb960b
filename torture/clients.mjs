import sharp from 'sharp';
import { isDefinite, isDone } from './api.mjs';
import { pause } from './processes.mjs';
import { activeContract, connectPage } from './world.mjs';

const MOST_AT_ONCE = 16;
/** Withdrawals that race with the sending come this close to the time at which it is due. */
const RACE_MS = 50;

/** People at work: they write, approve, schedule and change their minds. Whatever they are told goes into the journal. */
export class Clients {
  constructor(context, { random, until }) {
    Object.assign(this, context, { random, until });
    this.count = 0;
    this.atWork = new Set();
    this.told = { posts: 0, scheduled: 0, rescheduled: 0, withdrawn: 0, revoked: 0, terminated: 0, disconnected: 0, quiet: 0 };
  }

  /** Posts at an even pace until the faults end, each by a story of its own. */
  async run({ rate, signal }) {
    const others = [this.upheavals(signal), this.repairs(signal)];
    while (Date.now() < this.until && !signal.aborted) {
      if (this.atWork.size < MOST_AT_ONCE) this.begin(this.onePost(this.random.pick(this.world.clients), {}));
      await pause(60_000 / rate);
    }
    await Promise.all([...this.atWork, ...others]);
  }

  /** After the faults: one post for every client, which must go out as if nothing had been. */
  async afterwards(inMs) {
    const posts = this.world.clients.map((client) => this.onePost(client, { quietly: true, inMs }));
    return Promise.all(posts);
  }

  begin(work) {
    const tracked = work
      .catch((error) => this.say(`a client's story broke off: ${error.stack}`))
      .finally(() => this.atWork.delete(tracked));
    this.atWork.add(tracked);
  }

  async onePost(client, { quietly = false, inMs }) {
    this.count += 1;
    const story = quietly ? 'plain' : this.story();
    const post = await this.write(client, this.count);
    if (!post || !(await this.approve(client, post))) return;
    const longest = Math.max(6_000, Math.min(45_000, this.until - Date.now()));
    const due = Date.now() + (inMs ?? this.random.between(3_000, longest));
    const pages = this.random.chance(0.9) || quietly ? client.pages : [this.random.pick(client.pages)];
    if (!(await this.schedule(client, post, { due, pages, afterwards: quietly }))) return;
    await this.changeMind(client, { post, due, pages, story });
  }

  story() {
    return this.random.weighted([
      ['plain', 62],
      ['reschedule', 12],
      ['withdraw', 8],
      ['withdrawLate', 12],
      ['revoke', 6],
    ]);
  }

  async changeMind(client, { post, due, pages, story }) {
    const early = () => pause(Math.max(0, this.random.next() * (due - Date.now())));
    if (story === 'reschedule') {
      // Also a moment before it is due, when a worker may have it already.
      await (this.random.chance(0.5) ? early() : until(due + this.random.between(-RACE_MS, 0)));
      if (await this.schedule(client, post, { due: due + this.random.between(2_000, 9_000), pages })) this.told.rescheduled += 1;
    }
    if (story === 'withdraw') await early().then(() => this.withdraw(client, post));
    if (story === 'withdrawLate') {
      await until(due + this.random.between(-RACE_MS, RACE_MS));
      await this.withdraw(client, post);
    }
    if (story === 'revoke') await early().then(() => this.revoke(client, post));
  }

  async write(client, n) {
    const mark = `⟦${this.seed}-${n}⟧`;
    const base = `${client.canary} ${mark} Ёлка & «площадь» — 100% + скидка = ${n}\nВторая строка 🎄`;
    const texts = { vk: `${base} (ВК)`, ok: `${base} (ОК)` };
    const mediaIds = await this.photos(client);
    const variants = Object.entries(texts).map(([network, text]) => ({ network, text }));
    const body = { clientId: client.id, title: `Пост ${mark}`, mediaIds, variants };
    const answer = await client.editor.insist('POST', '/v1/posts', { body, key: `post-${this.seed}-${n}` });
    const known = { mark, title: body.title, texts, client: client.id, contractor: client.contractor, photos: mediaIds.length };
    this.journal.append({ kind: 'post', at: answer.ackAt, status: answer.status, post: answer.body.id ?? null, ...known });
    if (answer.status !== 201) return undefined;
    this.told.posts += 1;
    return { id: answer.body.id, contentHash: answer.body.contentHash, mark };
  }

  async photos(client) {
    if (!this.random.chance(0.15)) return [];
    const form = new FormData();
    form.append('file', new Blob([await photo(this.random)], { type: 'image/jpeg' }), 'площадь.jpg');
    const answer = await client.editor.call('POST', `/v1/clients/${client.id}/media`, { form });
    return answer.status === 201 ? [answer.body.id] : [];
  }

  /** A post can stand anywhere after an answer that was lost, so each step begins with a look. */
  async approve(client, post) {
    const decision = { body: { decision: 'approved', contentHash: post.contentHash } };
    const steps = {
      draft: () => client.editor.call('PUT', `/v1/posts/${post.id}/submission`),
      agencyReview: () => client.approver.call('PUT', `/v1/posts/${post.id}/approval`, decision),
      clientReview: () => client.pressOfficer.call('PUT', `/v1/posts/${post.id}/approval`, decision),
    };
    for (let i = 0; i < 12; i += 1) {
      const { status, body } = await client.editor.insist('GET', `/v1/posts/${post.id}`);
      if (status === 200 && body.status === 'approved') {
        this.journal.append({ kind: 'approved', at: Date.now(), post: post.id, contentHash: body.contentHash });
        return true;
      }
      await steps[body.status]?.();
    }
    return false;
  }

  async schedule(client, post, { due, pages, afterwards = false }) {
    const publishAt = new Date(due).toISOString();
    const pageIds = pages.map(({ id }) => id);
    const body = { publishAt, pageIds, onAmbiguity: this.random.chance(0.25) ? 'resend' : 'hold' };
    for (let i = 0; i < 3; i += 1) {
      const answer = await client.editor.call('PUT', `/v1/posts/${post.id}/schedule`, { body });
      this.note('schedule', post, answer, { due, pages: pageIds, onAmbiguity: body.onAmbiguity, afterwards });
      if (isDone(answer)) this.told.scheduled += pageIds.length;
      if (isDefinite(answer)) return isDone(answer);
      if (Date.now() > due) return false;
      await pause(500);
    }
    return false;
  }

  async withdraw(client, post) {
    for (let i = 0; i < 3; i += 1) {
      const answer = await client.editor.call('DELETE', `/v1/posts/${post.id}/schedule`);
      this.note('withdraw', post, answer, {});
      if (isDone(answer)) this.told.withdrawn += 1;
      if (isDefinite(answer)) return;
      await pause(300);
    }
  }

  async revoke(client, post) {
    const answer = await client.pressOfficer.call('DELETE', `/v1/posts/${post.id}/approval`);
    if (isDone(answer)) this.told.revoked += 1;
    this.note('revoke', post, answer, {});
  }

  note(kind, post, { sentAt, ackAt, status, body }, facts) {
    const publications = body.publications?.map(({ id, pageId, state, dueAt }) => ({ id, page: pageId, state, dueAt }));
    this.journal.append({
      kind,
      post: post.id,
      sentAt,
      ackAt,
      status,
      ...(body.code && { code: body.code }),
      publications,
      ...facts,
    });
  }

  /** What stops a whole page or client for a while. */
  async upheavals(signal) {
    const kinds = ['terminate', 'disconnect', 'quiet'];
    while (Date.now() < this.until - 15_000 && !signal.aborted) {
      await pause(this.random.between(6_000, 14_000));
      if (Date.now() > this.until - 15_000 || signal.aborted) return;
      await this[this.random.pick(kinds)](this.random.pick(this.world.clients));
    }
  }

  async terminate(client) {
    const body = { reason: 'По соглашению сторон' };
    const { contract } = client;
    const { sentAt, ackAt, status } = await client.owner.call('PUT', `/v1/contracts/${contract}/termination`, { body });
    this.journal.append({
      kind: 'terminate',
      contract,
      client: client.id,
      pages: client.pages.map(({ id }) => id),
      sentAt,
      ackAt,
      status,
    });
    if (status === 200) this.told.terminated += 1;
    await pause(this.random.between(1_000, 6_000));
    client.contract = await activeContract(client, this.journal);
  }

  async disconnect(client) {
    const page = this.random.pick(client.pages);
    if (page.status !== 'connected') return;
    const { sentAt, ackAt, status } = await client.owner.call('DELETE', `/v1/pages/${page.id}/connection`);
    this.journal.append({ kind: 'disconnect', page: page.id, sentAt, ackAt, status });
    if (status === 204) this.told.disconnected += 1;
    page.status = 'disconnected';
    await pause(this.random.between(1_000, 6_000));
    await connectPage(this, page);
  }

  async quiet(client) {
    const endsAt = Date.now() + this.random.between(5_000, 12_000);
    const body = { clientId: client.id, kind: 'mourning', title: 'День траура', endsAt: new Date(endsAt).toISOString() };
    const { sentAt, ackAt, status } = await client.owner.call('POST', '/v1/quiet-periods', { body });
    this.journal.append({ kind: 'quiet', client: client.id, endsAt, sentAt, ackAt, status });
    if (status === 201) this.told.quiet += 1;
  }

  /** An administrator who connects again whatever shows as broken. */
  async repairs(signal) {
    while (Date.now() < this.until && !signal.aborted) {
      await pause(4_000);
      await this.repairAll();
    }
  }

  /** @returns whether every page is connected. */
  async repairAll() {
    let well = true;
    for (const page of this.world.pages) {
      const { status, body } = await page.client.owner.call('GET', `/v1/pages/${page.id}`);
      const broken = status === 200 && body.status !== 'connected';
      if (broken) page.status = body.status;
      // One that its own story has disconnected is connected again by that story.
      if (broken && (body.status === 'broken' || Date.now() > this.until)) await connectPage(this, page);
      if (status !== 200 || page.status !== 'connected') well = false;
    }
    return well;
  }
}

function photo(random) {
  const background = { r: random.between(0, 255), g: random.between(0, 255), b: random.between(0, 255) };
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

async function until(at) {
  await pause(Math.max(0, at - Date.now()));
}
