const MAKES_A_POST = new Set(['wall.post', 'mediatopic.post']);
const MARK = /⟦[^⟧]*⟧/;
/** Clocks are one, but a line is written a moment after what it tells. */
const SLACK_MS = 250;

/** The evidence, put in relation: effects with the bytes that caused them, posts with what people said about them. */
export function view(evidence) {
  const { journal, wire, ledger, database, walls, run, faults } = evidence;
  const ofKind = (kind) => journal.filter((entry) => entry.kind === kind);
  const pages = new Map(ofKind('page').map((page) => [page.page, page]));
  const byWall = new Map([...pages.values()].map((page) => [`${page.network} ${page.externalId}`, page]));
  const posts = new Map(ofKind('post').flatMap((post) => (post.post ? [[post.post, post]] : [])));
  const byMark = new Map(ofKind('post').map((post) => [post.mark, post]));
  const sends = wire.map((send) => ({ ...send, owner: send.owner.replace('-', ''), mark: MARK.exec(send.text)?.[0] ?? null }));
  const facts = { run, faults, database, walls, ledger, ofKind, pages, byWall, posts, byMark, sends };
  return { ...facts, effects: effectsOf(ledger, sends), sayings: sayingsOf(ofKind) };
}

/** What the networks really did, each with the send that caused it. */
function effectsOf(ledger, sends) {
  const byHash = group(sends, ({ paramsHash }) => paramsHash);
  const lateCalls = group(
    ledger.filter(({ what, effect }) => what === 'call' && effect === 'late'),
    ({ paramsHash }) => paramsHash,
  );
  return ledger
    .filter(({ method, effect }) => MAKES_A_POST.has(method) && effect === 'yes')
    .map((entry) => {
      const at = Date.parse(entry.at);
      const calledAt =
        entry.what === 'lateEffect' ? lastBefore(lateCalls.get(entry.paramsHash), at, (call) => Date.parse(call.at)) : entry;
      const bytes = lastBefore(
        byHash.get(entry.paramsHash),
        calledAt ? Date.parse(calledAt.at) + SLACK_MS : at,
        (send) => send.at,
      );
      const { seq, network, tokenLabel, postId } = entry;
      const wall = { seq, network, owner: entry.owner?.replace('-', '') ?? null, tokenLabel, postId, at };
      return {
        ...wall,
        text: bytes?.text ?? null,
        marker: bytes?.marker ?? null,
        mark: bytes?.mark ?? null,
        leftAt: bytes?.at ?? null,
      };
    });
}

function lastBefore(candidates, at, timeOf) {
  return candidates?.filter((candidate) => timeOf(candidate) <= at).at(-1);
}

/** What people said about each post, in the order in which they said it; one story tells at a time. */
function sayingsOf(ofKind) {
  const all = ['schedule', 'withdraw', 'revoke'].flatMap(ofKind).sort((one, other) => one.sentAt - other.sentAt);
  return group(all, ({ post }) => post);
}

export function group(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export const isDone = ({ status }) => status >= 200 && status < 300;
/** Nobody knows whether it was done: no answer, or one that promises nothing. */
export const isOpen = ({ status }) => status === 0 || status >= 500 || status === 429;

export function percentile(sorted, share) {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
