import type { Ledger } from '../ledger/ledger.js';
import type { OkSandbox } from '../ok/ok.sandbox.js';
import type { VkSandbox } from '../vk/vk.sandbox.js';
import type { Body } from './body.js';

/** What of the sandbox can be steered from outside. */
export interface Controlled {
  readonly vkUrl: string;
  readonly okUrl: string;
  readonly wallsUrl: string;
  readonly uploadHosts: readonly string[];
  readonly credentials: unknown;
  readonly vk: VkSandbox;
  readonly ok: OkSandbox;
  readonly ledger: Ledger;
  releaseLate(): number;
}

export interface ControlRequest {
  sandbox: Controlled;
  body: Body;
  query: URLSearchParams;
  /** The parts of the path that the route named with a colon. */
  part(name: string): string;
}

export interface Route {
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  answer(request: ControlRequest): unknown;
}

/** The named parts when the path fits the route's pattern, else null. */
export function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | null {
  const wanted = pattern.split('/');
  const actual = path.split('/');
  if (wanted.length !== actual.length) return null;
  const parts = new Map<string, string>();
  for (const [position, piece] of wanted.entries()) {
    const found = actual[position] ?? '';
    if (piece.startsWith(':')) parts.set(piece.slice(1), decodeURIComponent(found));
    else if (piece !== found) return null;
  }
  return parts;
}
