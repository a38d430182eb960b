import type { LedgerFilter } from '../ledger/ledger.js';
import type { Scripts } from '../scripts/scripts.js';
import { BadControlRequest, Body } from './body.js';
import type { ControlRequest, Route } from './routes.js';
import { readScript } from './script-request.js';

const FILTERS = ['network', 'what', 'method', 'tokenLabel', 'effect', 'owner', 'postId'] as const;

export const SANDBOX_ROUTES: readonly Route[] = [
  { verb: 'GET', path: '/credentials', answer: credentials },
  { verb: 'GET', path: '/ledger', answer: ({ sandbox, query }) => sandbox.ledger.find(filterFrom(query)) },
  { verb: 'POST', path: '/late', answer: ({ sandbox }) => ({ released: sandbox.releaseLate() }) },
  { verb: 'GET', path: '/settings', answer: ({ sandbox }) => ({ vk: sandbox.vk.settings, ok: sandbox.ok.settings }) },
  { verb: 'PATCH', path: '/settings', answer: changeSettings },
  { verb: 'POST', path: '/scripts', answer: (request) => scriptsOf(request).add(readScript(request.body)) },
  {
    verb: 'GET',
    path: '/scripts',
    answer: ({ sandbox }) => ({ vk: sandbox.vk.scripts.pending(), ok: sandbox.ok.scripts.pending() }),
  },
  { verb: 'DELETE', path: '/scripts', answer: clearScripts },
];

function credentials({ sandbox }: ControlRequest): unknown {
  const { vkUrl, okUrl, wallsUrl, uploadHosts } = sandbox;
  return { addresses: { vkUrl, okUrl, wallsUrl, uploadHosts }, credentials: sandbox.credentials };
}

function filterFrom(query: URLSearchParams): LedgerFilter {
  const wanted = FILTERS.flatMap((name) => (query.has(name) ? [[name, query.get(name)]] : []));
  return Object.fromEntries(wanted) as LedgerFilter;
}

function scriptsOf({ sandbox, body }: ControlRequest): Scripts {
  const network = body.text('network');
  if (network !== 'vk' && network !== 'ok') throw new BadControlRequest('network should be vk or ok');
  return sandbox[network].scripts;
}

function clearScripts({ sandbox, query }: ControlRequest): unknown {
  const method = query.get('method') ?? undefined;
  sandbox.vk.scripts.clear(method);
  sandbox.ok.scripts.clear(method);
  return { cleared: true };
}

function changeSettings({ sandbox, body }: ControlRequest): unknown {
  body.assertOnly('vk', 'ok');
  overwrite(sandbox.vk.settings, body.optionalRecord('vk') ?? {});
  overwrite(sandbox.ok.settings, body.optionalRecord('ok') ?? {});
  return { vk: sandbox.vk.settings, ok: sandbox.ok.settings };
}

function overwrite(settings: object, changes: Record<string, unknown>): void {
  Body.of(changes).assertOnly(...Object.keys(settings));
  Object.assign(settings, changes);
}
