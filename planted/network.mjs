/** Bugs in reading what a network answered, and in asking it. */
export const NETWORK = [
  {
    name: 'treat 5xx as failure',
    bug: 'a send that is answered 500, 502 or 504 counts as refused, though the post may stand there',
    level: 'contract',
    suite: 'test/contract/publishing-faults.spec.ts',
    alarm: 'an unclear send on vk when the network accepts, then answers 500',
    edits: [
      {
        file: 'src/networks/wire.ts',
        find: 'export function sendFailure(title: string, failure: WireFailure): PublishFailure {',
        replace: `export function sendFailure(title: string, failure: WireFailure): PublishFailure {
  if (failure.kind === 'broken' && failure.why.startsWith('HTTP 5'))
    return { kind: 'refused', reason: noGoodAnswer(title, failure, 'Отправьте ещё раз.') };`,
      },
    ],
  },
  {
    name: 'treat HTML 200 as failure',
    bug: 'a send that is answered by a page of HTML counts as refused, though the post may stand there',
    level: 'contract',
    suite: 'test/contract/publishing-faults.spec.ts',
    alarm: 'an unclear send on vk when the network accepts and answers an HTML page with 200',
    edits: [
      {
        file: 'src/networks/wire.ts',
        find: 'export function sendFailure(title: string, failure: WireFailure): PublishFailure {',
        replace: `export function sendFailure(title: string, failure: WireFailure): PublishFailure {
  if (failure.kind === 'broken' && failure.why === 'HTML')
    return { kind: 'refused', reason: noGoodAnswer(title, failure, 'Отправьте ещё раз.') };`,
      },
    ],
  },
  {
    name: 'http client auto-retry on',
    bug: 'the client sends a request again when its connection broke',
    level: 'contract',
    suite: 'test/contract/publishing-faults.spec.ts',
    alarm: 'an unclear send on ok when the network accepts, then drops the connection',
    edits: [
      {
        file: 'src/platform/outbound/outbound.ts',
        find: 'return await sendOnFreshConnection(request, limit.signal, passed);',
        replace: `const answer = await sendOnFreshConnection(request, limit.signal, passed);
      return answer.kind === 'lost' ? await sendOnFreshConnection(request, limit.signal, passed) : answer;`,
      },
    ],
  },
  {
    name: 'token logged',
    bug: 'a line for debugging shows the parameters of a call, the token among them',
    level: 'journey',
    suite: 'test/journeys/secrets.spec.ts',
    alarm: 'stays out of the log through the whole story and its failures',
    edits: [
      {
        file: 'src/networks/vk/vk.client.ts',
        find: "import { hostAndPort } from '../../platform/outbound/address-guard.js';",
        replace:
          "import { Logger } from '@nestjs/common';\nimport { hostAndPort } from '../../platform/outbound/address-guard.js';",
      },
      {
        file: 'src/networks/vk/vk.client.ts',
        find: "body: { kind: 'form', fields },",
        replace: "body: (new Logger('VK').debug(`${method} ${JSON.stringify(fields)}`), { kind: 'form', fields }),",
      },
    ],
  },
];
