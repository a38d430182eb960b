import { hostAndPort } from '../../platform/outbound/address-guard.js';
import { acceptGivenAddress } from '../../platform/outbound/given-address.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type { FilePart } from '../../platform/outbound/request-body.js';
import type { SendBefore } from '../../platform/outbound/send-deadline.js';
import { withoutSecrets } from '../secrets.js';
import { integer, record, text } from '../untrusted-json.js';
import { ANSWER_BYTES, apiAddress, parseAnswer, READ_TIMEOUT_MS, SEND_TIMEOUT_MS, type WireResult } from '../wire.js';

/** Where VK's upload servers live (the last three take videos, _unconfirmed_); others can be added in `NETWORK_UPLOAD_HOSTS`. */
const UPLOAD_DOMAINS = ['vk.com', 'vk.ru', 'userapi.com', 'vkuserphoto.ru', 'vkuservideo.net', 'okcdn.ru', 'mycdn.me'];
const API_VERSION = '5.199';

export interface VkClientSettings {
  /** Base address of the API, to which `/method/<name>` is added. */
  readonly apiUrl: string;
  /** Base address of VK ID, to which `/oauth2/auth` is added. */
  readonly idUrl: string;
  /** `host:port` entries to which files may go besides VK's own hosts. */
  readonly uploadHosts: readonly string[];
}

export type VkParams = Readonly<Record<string, string | number>>;

/** Speaks VK's wire: addresses, tokens, envelope. Knows nothing of posts. */
export class VkClient {
  constructor(
    private readonly settings: VkClientSettings,
    private readonly outbound: Outbound,
  ) {}

  /** A call that may be repeated. */
  call(method: string, params: VkParams, token: string): Promise<WireResult> {
    return this.post(method, params, token, undefined);
  }

  /** A call with a public effect: fresh connection, nothing leaves after the deadline. */
  send(method: string, params: VkParams, token: string, sendBefore: SendBefore): Promise<WireResult> {
    return this.post(method, params, token, sendBefore);
  }

  /** Hands a file to the address that VK gave for it; undefined when that address isn't VK's. */
  async upload(address: string, file: FilePart, timeoutMs: number): Promise<WireResult | undefined> {
    const url = acceptGivenAddress(address, { domains: UPLOAD_DOMAINS, extraHosts: this.settings.uploadHosts });
    if (url === undefined) return undefined;
    const answer = await this.outbound.send({
      method: 'POST',
      url,
      body: { kind: 'multipart', fields: {}, files: [file] },
      timeoutMs,
      maxBytes: ANSWER_BYTES,
      trustedHosts: this.settings.uploadHosts,
    });
    return parseAnswer(answer);
  }

  private async post(method: string, params: VkParams, token: string, sendBefore: SendBefore | undefined): Promise<WireResult> {
    const url = apiAddress(this.settings.apiUrl, `method/${method}`);
    const fields: Record<string, string> = { v: API_VERSION, access_token: token };
    for (const [name, value] of Object.entries(params)) fields[name] = String(value);
    const answer = await this.outbound.send({
      method: 'POST',
      url,
      body: { kind: 'form', fields },
      timeoutMs: sendBefore === undefined ? READ_TIMEOUT_MS : SEND_TIMEOUT_MS,
      maxBytes: ANSWER_BYTES,
      trustedHosts: [hostAndPort(url)],
      reuseConnection: sendBefore === undefined,
      ...(sendBefore === undefined ? {} : { sendBefore }),
    });
    return opened(parseAnswer(answer), token);
  }
}

/** Opens `{response}` or `{error}`: an error inside an HTTP 200 is an error, and anything else isn't VK's answer. */
function opened(result: WireResult, token: string): WireResult {
  if (result.kind !== 'value') return result;
  const envelope = record(result.value);
  if (envelope === undefined) return { kind: 'broken', why: 'no envelope' };
  const hasResponse = envelope['response'] !== undefined && envelope['response'] !== null;
  if (envelope['error'] === undefined) {
    return hasResponse ? { kind: 'value', value: envelope['response'] } : { kind: 'broken', why: 'no response' };
  }
  const error = record(envelope['error']);
  const code = integer(error?.['error_code']);
  if (error === undefined || code === undefined || hasResponse) return { kind: 'broken', why: 'malformed error' };
  const subcode = integer(error['error_subcode']);
  const message = withoutSecrets(text(error['error_msg']) ?? '', [token]);
  return { kind: 'error', error: { code, message, ...(subcode === undefined ? {} : { subcode }) } };
}
