const POSTS = new Set(['wall.post', 'mediatopic.post']);
const isEffect = ({ method, effect, what }) => POSTS.has(method) && effect === 'yes' && what === 'call';
const NOTHING = 'nothing to plant in';

/** Finds a thing and spoils it; says so when there is no such thing. */
function spoil(find, change) {
  return (evidence) => {
    const thing = find(evidence);
    return thing === undefined ? NOTHING : change(thing, evidence);
  };
}

const effect = (evidence) => evidence.ledger.find((entry) => isEffect(entry) && wireOf(evidence, entry));
const wireOf = ({ wire }, { paramsHash }) => wire.find((send) => send.paramsHash === paramsHash);
const row = (wanted) => (evidence) => evidence.database.publications.find(wanted);
const saying = (wanted) => (evidence) => evidence.journal.find(wanted);

function again(entry, { ledger }, changes = {}) {
  ledger.push({ ...entry, seq: ledger.length + 1, postId: `${entry.postId}9`, ...changes });
}

/** Makes bytes leave, and have an effect, for a publication that had none. */
function goOut({ evidence, post, page, at }) {
  const { journal, wire, ledger } = evidence;
  const { network, externalId } = journal.find((entry) => entry.kind === 'page' && entry.page === page);
  const text = journal.find((entry) => entry.kind === 'post' && entry.post === post).texts[network];
  const method = network === 'vk' ? 'wall.post' : 'mediatopic.post';
  const common = {
    network,
    method,
    paramsHash: `planted ${post} ${page}`,
    owner: network === 'vk' ? `-${externalId}` : externalId,
  };
  wire.push({ ...common, at, text, marker: null });
  const { label: tokenLabel } = journal.findLast((entry) => entry.kind === 'connect' && entry.page === page);
  ledger.push({
    ...common,
    seq: ledger.length + 1,
    at: new Date(at).toISOString(),
    what: 'call',
    tokenLabel,
    effect: 'yes',
    postId: '777',
    answer: 'success',
  });
}

/** For a minute after a termination: those before it are ended when it is, those after it begin later. */
function leaveNoOtherContract({ journal }, { client, contract, ackAt, pages }) {
  const others = journal.filter((one) => one.kind === 'contract' && one.client === client && one.contract !== contract);
  for (const other of others) {
    if (other.mayBeginAt > ackAt) other.mayBeginAt = Math.max(other.mayBeginAt, ackAt + 60_000);
    else journal.push({ kind: 'terminate', contract: other.contract, client, pages, sentAt: ackAt, ackAt, status: 200 });
  }
}

export const PLANTS = {
  'a post appears twice': { check: 'doubles', plant: spoil(effect, again) },
  'a late effect doubles it': {
    check: 'doubles',
    plant: spoil(effect, (entry, evidence) => again(entry, evidence, { what: 'lateEffect' })),
  },
  'an effect of bytes that nobody sent': {
    check: 'unknown',
    plant: spoil(effect, (entry, evidence) => again(entry, evidence, { paramsHash: 'f'.repeat(64) })),
  },
  'a text on another contractor’s page': {
    check: 'crossTenant',
    plant: spoil(effect, (entry, { journal }) => {
      const home = journal.find((page) => page.kind === 'page' && page.externalId === entry.owner.replace('-', ''));
      const foreign = journal.find(
        (page) => page.kind === 'page' && page.network === entry.network && page.contractor !== home.contractor,
      );
      entry.owner = entry.network === 'vk' ? `-${foreign.externalId}` : foreign.externalId;
    }),
  },
  'a page that was not asked for': {
    check: 'rightPage',
    plant: spoil(effect, (entry, evidence) => {
      const { mark } = /(?<mark>⟦[^⟧]*⟧)/.exec(wireOf(evidence, entry).text).groups;
      const { post } = evidence.journal.find((one) => one.kind === 'post' && one.mark === mark);
      for (const one of evidence.journal) if (one.kind === 'schedule' && one.post === post) one.pages = [];
    }),
  },
  'another page’s token': { check: 'rightToken', plant: spoil(effect, (entry) => void (entry.tokenLabel = 'vk-999-1')) },
  'a changed byte': {
    check: 'bytes',
    plant: spoil(effect, (entry, evidence) => void (wireOf(evidence, entry).text += ' ')),
  },
  'a post that nobody approved': {
    check: 'approved',
    plant: (evidence) => void (evidence.journal = evidence.journal.filter(({ kind }) => kind !== 'approved')),
  },
  'a marker that VK has forgotten': {
    check: 'stale',
    plant: spoil(
      ({ wire }) => wire.find(({ marker }) => marker),
      (send, { wire, ledger }) => {
        for (const call of ledger)
          if (call.paramsHash === send.paramsHash) Object.assign(call, { answer: 'dropped', effect: 'no' });
        wire.push({ ...send, at: send.at + 4_000_000 });
      },
    ),
  },
  'sent a second too early': {
    check: 'early',
    plant: spoil(
      row(({ state }) => state === 'published'),
      (found, evidence) => {
        const due = evidence.wire.at(-1).at + 1_000;
        found.dueAt = new Date(due).toISOString();
        for (const one of evidence.journal) if (one.kind === 'schedule' && one.post === found.post) one.due = due;
      },
    ),
  },
  'out after the withdrawal was acknowledged': {
    check: 'afterWithdrawal',
    plant: spoil(
      saying(
        ({ kind, status, publications }) =>
          kind === 'withdraw' && status === 200 && publications?.some(({ state }) => state === 'withdrawn'),
      ),
      (told, evidence) => {
        const { page } = told.publications.find(({ state }) => state === 'withdrawn');
        goOut({ evidence, post: told.post, page, at: told.ackAt + 10 });
      },
    ),
  },
  'said to be deleted, and stands': {
    check: 'deleted',
    plant: spoil(
      row(({ state }) => state === 'deleted'),
      ({ page, externalId }, { journal, walls }) => {
        const { network, externalId: owner } = journal.find((one) => one.kind === 'page' && one.page === page);
        walls.push({ network, owner, postId: externalId, text: '' });
      },
    ),
  },
  'sent under a terminated contract': {
    check: 'afterStop',
    plant: spoil(
      saying(({ kind, status }) => kind === 'terminate' && status === 200),
      (told, evidence) => {
        leaveNoOtherContract(evidence, told);
        const { post } = evidence.journal.find((one) => one.kind === 'schedule' && one.pages.includes(told.pages[0]));
        goOut({ evidence, post, page: told.pages[0], at: told.ackAt + evidence.run.windowMs + 50 });
      },
    ),
  },
  'sent after the approval was revoked': {
    check: 'afterStop',
    plant: spoil(
      saying(({ kind, status }) => kind === 'revoke' && status === 200),
      (told, evidence) => {
        const { pages } = evidence.journal.find((one) => one.kind === 'schedule' && one.post === told.post);
        goOut({ evidence, post: told.post, page: pages[0], at: told.ackAt + evidence.run.windowMs + 50 });
      },
    ),
  },
  'an acknowledged schedule is gone': {
    check: 'acknowledged',
    plant: spoil(
      row(() => true),
      (found, { database }) => void (database.publications = database.publications.filter((one) => one !== found)),
    ),
  },
  'an acknowledged time is gone': {
    check: 'acknowledged',
    plant: spoil(
      row(({ state }) => state === 'held' || state === 'published'),
      (found) => void (found.dueAt = '2020-01-01T00:00:00.000Z'),
    ),
  },
  'an acknowledged termination is gone': {
    check: 'contracts',
    plant: spoil(
      ({ database }) => database.contracts.find(({ status }) => status === 'terminated'),
      (found) => Object.assign(found, { status: 'active', terminatedAt: null }),
    ),
  },
  'a contract that nobody ended': {
    check: 'contracts',
    plant: spoil(
      ({ database }) => database.contracts.find(({ status }) => status === 'active'),
      (found) => Object.assign(found, { status: 'terminated', terminatedAt: found.committedAt }),
    ),
  },
  'a contract that nobody activated': {
    check: 'contracts',
    plant: spoil(
      ({ database }) => database.contracts.find(({ status }) => status === 'active'),
      (found, { database }) => void database.contracts.push({ ...found, id: 'second' }),
    ),
  },
  'an acknowledged contract is gone': { check: 'contracts', plant: ({ database }) => void (database.contracts = []) },
  'a repeat made a second post': {
    check: 'repeated',
    plant: spoil(
      ({ database }) => database.posts[0],
      (post, { database }) => void database.posts.push({ ...post, id: 'second' }),
    ),
  },
  'an acknowledged post is gone': { check: 'repeated', plant: ({ database }) => void (database.posts = []) },
  'due, and nobody does anything': {
    check: 'lost',
    plant: spoil(
      row(({ state }) => state === 'published'),
      (found) => Object.assign(found, { state: 'scheduled', nextTryAt: found.dueAt }),
    ),
  },
  'withdrawn by nobody': {
    check: 'lost',
    plant: spoil(
      row(({ state }) => state === 'published'),
      (found) => void (found.state = 'withdrawn'),
    ),
  },
  'held without a reason': {
    check: 'lost',
    plant: spoil(
      row(({ state }) => state === 'held' || state === 'published'),
      (found) => Object.assign(found, { state: 'held', reason: null }),
    ),
  },
  'held for a termination that never was': {
    check: 'excuses',
    plant: spoil(
      row(({ state }) => state === 'published' || state === 'held'),
      (found, evidence) => {
        Object.assign(found, { state: 'held', reason: { code: 'no-contract', message: 'Договора нет' } });
        evidence.journal = evidence.journal.filter(({ kind }) => kind !== 'terminate');
      },
    ),
  },
  'published, says the database alone': {
    check: 'databaseToWall',
    plant: spoil(
      row(({ state }) => state === 'published'),
      (found) => void (found.externalId = '424242'),
    ),
  },
  'held as absent, but it stands': {
    check: 'wallToDatabase',
    plant: spoil(
      row(({ state }) => state === 'published'),
      (found) => Object.assign(found, { state: 'held', externalId: null, reason: { code: 'absent', message: 'Её там нет' } }),
    ),
  },
  'not well again': {
    check: 'afterwards',
    plant: spoil(
      saying(({ kind, afterwards }) => kind === 'schedule' && afterwards),
      ({ publications }, { database }) => {
        database.publications.find(({ id }) => id === publications[0].id).state = 'held';
      },
    ),
  },
  'a process that died': {
    check: 'deaths',
    plant: ({ run }) => void run.deaths.push({ at: run.endedAt, how: 'worker-1 ended by itself: 1' }),
  },
  'a backlog that stays': { check: 'backlog', plant: ({ run }) => void (run.backlog = 3) },
  'too fast for a token': {
    check: 'rates',
    plant: spoil(effect, (entry, evidence) => {
      const call = { ...entry, network: 'vk', method: 'wall.get', tokenLabel: 'c1-service', effect: 'no' };
      for (let i = 0; i < 40; i += 1)
        evidence.ledger.push({ ...call, seq: evidence.ledger.length + 1, answer: i < 3 ? 'success' : 'error:6' });
    }),
  },
};
