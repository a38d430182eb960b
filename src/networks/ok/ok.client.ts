import { hostAndPort } from '../../platform/outbound/address-guard.js';
import { acceptGivenAddress } from '../../platform/outbound/given-address.js';
import type { Outbound, OutboundAnswer } from '../../platform/outbound/outbound.js';
import type { FilePart } from '../../platform/outbound/request-body.js';
import type { SendBefore } from '../../platform/outbound/send-deadline.js';
import { withoutSecrets } from '../secrets.js';
import { integer, record, text } from '../untrusted-json.js';
import { ANSWER_BYTES, apiAddress, parseAnswer, READ_TIMEOUT_MS, SEND_TIMEOUT_MS, type WireResult } from '../wire.js';
import { sessionSecret, signature } from './ok.signature.js';

/** Where OK's upload servers live; others can be added in `NETWORK_UPLOAD_HOSTS`. */
const UPLOAD_DOMAINS = ['mycdn.me', 'ok.ru', 'odnoklassniki.ru', 'okcdn.ru'];

export interface OkClientSettings {
  /** Base address of the API, to which `/fb.do` is added. */
  readonly apiUrl: string;
  /** Base address of the authorisation, to which `/oauth/token.do` is added. */
  readonly authUrl: string;
  /** `host:port` entries to which files may go besides OK's own hosts. */
  readonly uploadHosts: readonly string[];
}

export interface OkSession {
  readonly applicationKey: string;
  readonly applicationSecretKey: string;
  readonly accessToken: string;
}

export type OkParams = Readonly<Record<string, string>>;

/** Speaks OK's wire: addresses, signatures, errors. Knows nothing of posts. */
export class OkClient {
  constructor(
    private readonly settings: OkClientSettings,
    private readonly outbound: Outbound,
  ) {}

  /** A call that may be repeated. */
  call(method: string, params: OkParams, session: OkSession): Promise<WireResult> {
    return this.post(method, params, session, undefined);
  }

  /** A call with a public effect: fresh connection, nothing leaves after the deadline. */
  send(method: string, params: OkParams, session: OkSession, sendBefore: SendBefore): Promise<WireResult> {
    return this.post(method, params, session, sendBefore);
  }

  /** Hands a photo to the address that `photosV2.getUploadUrl` gave; undefined when that address isn't OK's. */
  async upload(address: string, file: FilePart, timeoutMs: number): Promise<WireResult | undefined> {
    const answer = await this.hand(address, file, timeoutMs);
    return answer && opened(parseAnswer(answer), []);
  }

  /** As `upload`; a video server may say "taken" in XML or with nothing, as the one that OK's sister network uses does (_unconfirmed_). */
  async uploadVideo(address: string, file: FilePart, timeoutMs: number): Promise<WireResult | undefined> {
    const answer = await this.hand(address, file, timeoutMs);
    if (answer?.kind !== 'answer' || answer.status !== 200) return answer && opened(parseAnswer(answer), []);
    const words = new TextDecoder().decode(answer.body).trim();
    const taken = words === '' || /^(<\?xml[^>]*>\s*)?<retval>1<\/retval>$/.test(words);
    return taken ? { kind: 'value', value: true } : opened(parseAnswer(answer), []);
  }

  private async hand(address: string, file: FilePart, timeoutMs: number): Promise<OutboundAnswer | undefined> {
    const url = acceptGivenAddress(address, { domains: UPLOAD_DOMAINS, extraHosts: this.settings.uploadHosts });
    if (url === undefined) return undefined;
    return this.outbound.send({
      method: 'POST',
      url,
      body: { kind: 'multipart', fields: {}, files: [file] },
      timeoutMs,
      maxBytes: ANSWER_BYTES,
      trustedHosts: this.settings.uploadHosts,
    });
  }

  private async post(
    method: string,
    params: OkParams,
    session: OkSession,
    sendBefore: SendBefore | undefined,
  ): Promise<WireResult> {
    const { applicationKey, applicationSecretKey, accessToken } = session;
    const url = apiAddress(this.settings.apiUrl, 'fb.do');
    const signed = { ...params, method, application_key: applicationKey, format: 'json' };
    const sig = signature(signed, sessionSecret(accessToken, applicationSecretKey));
    const answer = await this.outbound.send({
      method: 'POST',
      url,
      // The token travels in the body: addresses end up in other people's logs.
      body: { kind: 'form', fields: { ...signed, sig, access_token: accessToken } },
      timeoutMs: sendBefore === undefined ? READ_TIMEOUT_MS : SEND_TIMEOUT_MS,
      maxBytes: ANSWER_BYTES,
      trustedHosts: [hostAndPort(url)],
      reuseConnection: sendBefore === undefined,
      ...(sendBefore === undefined ? {} : { sendBefore }),
    });
    return opened(parseAnswer(answer), [accessToken, applicationSecretKey]);
  }
}

/** A good answer may be any JSON value, a bare string too, so the error is looked for first: it comes with HTTP 200. */
function opened(result: WireResult, secrets: readonly string[]): WireResult {
  if (result.kind !== 'value') return result;
  const answer = record(result.value);
  if (answer === undefined || answer['error_code'] === undefined) return result;
  const code = integer(answer['error_code']);
  if (code === undefined) return { kind: 'broken', why: 'malformed error' };
  return { kind: 'error', error: { code, message: withoutSecrets(text(answer['error_msg']) ?? '', secrets) } };
}
