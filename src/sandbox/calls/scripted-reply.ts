import type { ScriptedAnswer } from '../scripts/script.js';
import { textReply, type Reply } from '../wire/reply.js';
import type { NetworkCall } from './network-call.js';
import { Refusal } from './refusal.js';

const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>Технические работы</title></head><body><h1>Сервис временно недоступен</h1></body></html>';
const SOME_JSON = '{"response":{"post_id":12345,"status":"accepted"}}';

/** The network's own reply, bent the way the script wants it. */
export function scriptedReply(call: NetworkCall, answer: ScriptedAnswer, own: Reply, value: unknown): Reply {
  switch (answer.kind) {
    case 'normal':
      return own;
    case 'rejected':
      return call.encodeRefusal(
        new Refusal(answer.code, answer.message ?? `Scripted refusal ${answer.code}`, answer.subcode, answer.fields),
      );
    case 'dropped':
      return { kind: 'reset' };
    case 'hung':
      return { kind: 'silence' };
    case 'status':
      return { kind: 'whole', status: answer.status, headers: answer.headers ?? {}, body: answer.body ?? '' };
    case 'html':
      return textReply(HTML_PAGE, 'text/html; charset=utf-8');
    case 'truncated':
      return textReply(firstHalf(own), 'application/json; charset=utf-8');
    case 'cut':
      return { kind: 'cut', body: firstHalf(own) };
    case 'empty':
      return textReply('', 'application/json; charset=utf-8');
    case 'null':
      return textReply('null', 'application/json; charset=utf-8');
    case 'redirected':
      return { kind: 'whole', status: answer.status, headers: { location: answer.to }, body: '' };
    case 'replaced':
      return call.encodeSuccess(answer.value);
    case 'patched':
      return value === undefined ? own : call.encodeSuccess({ ...(value as object), ...answer.fields });
  }
}

function firstHalf(own: Reply): string {
  const text = own.kind === 'whole' ? own.body.toString() : SOME_JSON;
  // A bare number cut in half would still be valid JSON: a quote in front keeps the promise that it does not parse.
  const half = text.slice(0, Math.ceil(text.length / 2));
  return /^[[{"]/.test(half) ? half : `"${half}`;
}
