import { createHash } from 'node:crypto';

const SECRET = new Set(['access_token', 'session_key', 'sig', 'client_secret', 'refresh_token', 'code']);

/**
 * Reads along what workers send to the networks and notes each request that makes a post, at the time of its first byte.
 * The ledger of the sandbox tells what had an effect but not the text; both name the same hash of the parameters.
 */
export function wireTap(network, journal) {
  return () => {
    let buffered = Buffer.alloc(0);
    let since = null;
    return (chunk) => {
      since ??= Date.now();
      buffered = Buffer.concat([buffered, chunk]);
      for (let request = takeRequest(buffered); request; request = takeRequest(buffered)) {
        buffered = buffered.subarray(request.length);
        note(network, journal, request, since);
        since = buffered.length > 0 ? Date.now() : null;
      }
    };
  };
}

function takeRequest(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('latin1');
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return undefined;
  return {
    path: head.split(' ', 2)[1],
    body: bytes.subarray(end + 4, end + 4 + length).toString('utf8'),
    length: end + 4 + length,
  };
}

function note(network, journal, { path, body }, at) {
  const params = Object.fromEntries(new URLSearchParams(body));
  const method = network === 'vk' ? path.replace(/^.*\/method\//, '') : params.method;
  if (method !== 'wall.post' && method !== 'mediatopic.post') return;
  const shown = Object.fromEntries(Object.entries(params).filter(([key]) => !SECRET.has(key)));
  journal.append({ at, network, method, paramsHash: hash(shown), ...(network === 'vk' ? ofVk(shown) : ofOk(shown)) });
}

function ofVk({ owner_id: owner, message, guid }) {
  return { owner, text: message ?? '', marker: guid ?? null };
}

function ofOk({ gid, attachment }) {
  const blocks = JSON.parse(attachment).media ?? [];
  const texts = blocks.filter(({ type }) => type === 'text').map(({ text }) => text);
  return { owner: gid, text: texts.join('\n'), marker: null };
}

/** As docs/sandbox.md describes `paramsHash`. */
function hash(params) {
  const lines = Object.entries(params)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${value}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
