import { pause } from './processes.mjs';

const POST = { vk: 'wall.post', ok: 'mediatopic.post' };
const LOOK = { vk: 'wall.get', ok: 'mediatopic.getTopics' };

/** An effect this late comes before the first look, which the engine takes after a minute and a half. */
const LATEST_MS = 45_000;

/** What the networks answer to the next posts, and what happens then. `effect: now` under an answer that says otherwise. */
const AMBIGUOUS = [
  { answer: { kind: 'dropped' }, effect: 'now' },
  { answer: { kind: 'dropped' }, effect: 'none' },
  { answer: { kind: 'status', status: 500 }, effect: 'now' },
  { answer: { kind: 'status', status: 502 }, effect: 'now' },
  { answer: { kind: 'status', status: 504 }, effect: 'none' },
  { answer: { kind: 'html' }, effect: 'now' },
  { answer: { kind: 'empty' }, effect: 'now' },
  { answer: { kind: 'null' }, effect: 'now' },
  { answer: { kind: 'truncated' }, effect: 'now' },
  { answer: { kind: 'cut' }, effect: 'now' },
  { answer: { kind: 'hung' }, effect: 'now' },
  { answer: { kind: 'hung' }, effect: 'none' },
];

const REFUSALS = {
  vk: { flood: [6], parking: [9, 29], person: [14], final: [214, 100] },
  ok: { parking: [8, 11], person: [401], final: [601, 454] },
};

async function script(nemesis, note, { network, method, ...what }) {
  note({ phase: 'script', network, method, ...what });
  await nemesis.system.control('POST', '/scripts', { network, method, ...what });
}

const anyNetwork = ({ random }) => random.pick(['vk', 'ok']);

function rejection(kind, most = 3) {
  return async (nemesis, note) => {
    const network = nemesis.random.pick(['vk', 'ok'].filter((name) => REFUSALS[name][kind]));
    const code = nemesis.random.pick(REFUSALS[network][kind]);
    const answer = { kind: 'rejected', code, message: `scripted ${code}` };
    await script(nemesis, note, { network, method: POST[network], times: nemesis.random.between(1, most), answer });
  };
}

export const NETWORK_FAULTS = {
  ambiguousAnswer: {
    weight: 16,
    async run(nemesis, note) {
      const network = anyNetwork(nemesis);
      const what = nemesis.random.pick(AMBIGUOUS);
      await script(nemesis, note, { network, method: POST[network], times: nemesis.random.between(1, 3), ...what });
    },
  },
  lateEffect: {
    weight: 7,
    async run(nemesis, note) {
      const network = anyNetwork(nemesis);
      const effect = { lateMs: nemesis.random.between(1_000, LATEST_MS) };
      const answer = nemesis.random.pick([{ kind: 'dropped' }, { kind: 'status', status: 504 }]);
      await script(nemesis, note, { network, method: POST[network], times: nemesis.random.between(1, 2), effect, answer });
    },
  },
  flood: { weight: 4, run: rejection('flood') },
  // Parks the page for the rest of a short run: too many of these, and nothing is left to look at.
  parking: { weight: 1, run: rejection('parking', 1) },
  refusal: { weight: 3, run: rejection('final') },
  captcha: { weight: 2, run: rejection('person') },
  lookFails: {
    weight: 5,
    async run(nemesis, note) {
      const network = anyNetwork(nemesis);
      const answer = nemesis.random.pick([{ kind: 'status', status: 503 }, { kind: 'html' }, { kind: 'dropped' }]);
      await script(nemesis, note, { network, method: LOOK[network], times: nemesis.random.between(1, 3), answer });
    },
  },
  tokenRevoked: {
    weight: 3,
    async run(nemesis, note) {
      const page = nemesis.random.pick(nemesis.world.pages);
      if (page.status !== 'connected') return;
      note({ phase: 'revoked', page: page.id, label: page.label });
      // The people connect the page again with a new token when they see it broken.
      await nemesis.system.control('PATCH', `/${page.network}/tokens/${page.label}`, { revoked: true });
      await pause(500);
    },
  },
};
