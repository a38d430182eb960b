import type { PublishOutcome, PublishRequest } from '../src/networks/network.js';
import type { Plant, Ports } from './engine.js';
import type { SimNetwork } from './network.js';

type Publish = (request: PublishRequest) => Promise<PublishOutcome>;

/** Puts something between the service and both networks. */
function around(wrap: (publish: Publish) => Publish): Plant {
  const wrapped = (network: SimNetwork): SimNetwork => {
    const publish = wrap((request) => network.publish(request));
    return Object.assign(Object.create(network) as SimNetwork, { publish });
  };
  return (ports: Ports) => ({ ...ports, networks: { vk: wrapped(ports.networks.vk), ok: wrapped(ports.networks.ok) } });
}

/** Reads some unclear outcomes as something definite. */
function reading(which: RegExp, as: (outcome: Extract<PublishOutcome, { kind: 'unclear' }>) => PublishOutcome): Plant {
  return around((publish) => async (request) => {
    const outcome = await publish(request);
    return outcome.kind === 'unclear' && which.test(outcome.reason.networkMessage ?? '') ? as(outcome) : outcome;
  });
}

let guids = 0;

export const NETWORK_MISTAKES: Readonly<Record<string, Plant>> = {
  'new guid per attempt': around((publish) => (request) => publish({ ...request, marker: `${request.marker} ${(guids += 1)}` })),
  '5xx read as refused': reading(/^HTTP 5/, ({ reason }) => ({ kind: 'refused', reason })),
  'HTML read as refused': reading(/^HTML/, ({ reason }) => ({ kind: 'refused', reason })),
  'time-out read as not sent': reading(/^timeout/, ({ reason }) => ({ kind: 'retryLater', reason, afterMs: 1_000 })),
  'client repeats by itself': around((publish) => async (request) => {
    const outcome = await publish(request);
    if (outcome.kind !== 'unclear') return outcome;
    return publish({ ...request, sendBefore: new Date(request.sendBefore.getTime() + 60_000) });
  }),
  'sends whenever it wakes': around((publish) => (request) => publish({ ...request, sendBefore: new Date(8.64e15) })),
};
