import type { Inbound } from '../wire/inbound.js';
import type { Handler } from '../wire/listener.js';
import { jsonReply, send, type Reply } from '../wire/reply.js';
import { Body } from './body.js';
import { SANDBOX_ROUTES } from './sandbox.routes.js';
import { OK_ROUTES } from './ok.routes.js';
import { matchPath, type Controlled, type Route } from './routes.js';
import { VK_ROUTES } from './vk.routes.js';

const ROUTES: readonly Route[] = [...SANDBOX_ROUTES, ...VK_ROUTES, ...OK_ROUTES];

/** What a test in another process, or a person with curl, uses in place of the `Sandbox` object. */
export function controlHandler(sandbox: Controlled): Handler {
  return (inbound, response) => send(response, answer(sandbox, inbound));
}

function answer(sandbox: Controlled, inbound: Inbound): Reply {
  if (inbound.path === '/') return jsonReply({ routes: ROUTES.map(({ verb, path }) => `${verb} ${path}`) });
  const found = ROUTES.flatMap((route) => {
    const parts = route.verb === inbound.verb ? matchPath(route.path, inbound.path) : null;
    return parts ? [{ route, parts }] : [];
  })[0];
  if (!found) return jsonReply({ error: `No route ${inbound.verb} ${inbound.path}; GET / lists them` }, 404);
  try {
    const body = Body.parse(inbound.body.toString('utf8'));
    const part = (name: string): string => found.parts.get(name) ?? '';
    return jsonReply(found.route.answer({ sandbox, body, query: inbound.query, part }) ?? null);
  } catch (error) {
    // Whatever is wrong here, it is the caller who must hear it.
    return jsonReply({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}
