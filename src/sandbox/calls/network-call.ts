import type { NetworkName } from '../ledger/ledger.js';
import type { Params } from '../wire/inbound.js';
import type { Reply } from '../wire/reply.js';
import type { Refusal } from './refusal.js';

export interface Touched {
  owner: string;
  postId: string;
}

export interface Performed {
  value: unknown;
  changed: boolean;
  touched: Touched | null;
}

/** A call as a network understood it, not yet carried out. */
export interface NetworkCall {
  network: NetworkName;
  method: string;
  tokenLabel: string | null;
  params: Params;
  /**
   * Carries it out at the given instant; throws a `Refusal` when the network says no. `again`: the network itself does it a
   * second time, so its own protection from repeats does not see it.
   */
  perform(at: Date, again?: boolean): Performed;
  encodeSuccess(value: unknown): Reply;
  encodeRefusal(refusal: Refusal): Reply;
}
