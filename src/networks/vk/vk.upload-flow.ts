import type { Clock } from '../../platform/clock/clock.js';
import type { FilePart } from '../../platform/outbound/request-body.js';
import type { CallOutcome, PageRef } from '../network.js';
import { refusal } from '../refusal.js';
import { integer, record, text, type JsonRecord } from '../untrusted-json.js';
import { callFailure, type CallFailure, type WireResult } from '../wire.js';
import type { VkClient, VkParams } from './vk.client.js';
import { restartsUpload, VK_TITLE, vkCallError } from './vk.errors.js';

/** What one call of a flow brought; `restart`: VK's documentation says to begin the flow again. */
export type Step<T> = { readonly value: T } | { readonly failure: CallFailure; readonly restart: boolean };

/** What the flows of photos, videos, documents and polls share. All of their calls may be repeated: none has a public effect. */
export class VkUploadFlow {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  /** Starts the flow again once where VK's documentation says so. */
  async run(flow: () => Promise<Step<string>>): Promise<CallOutcome<string>> {
    const first = await flow();
    const last = 'failure' in first && first.restart ? await flow() : first;
    return 'failure' in last ? last.failure : { kind: 'done', value: last.value };
  }

  async call(method: string, params: VkParams, token: string): Promise<Step<unknown>> {
    const result = await this.client.call(method, params, token);
    return result.kind === 'value' ? { value: result.value } : this.failed(result);
  }

  /** Hands a file to the address that VK named, and reads an answer without an error. */
  async hand(address: unknown, file: FilePart, timeoutMs: number): Promise<Step<JsonRecord>> {
    if (typeof address !== 'string') return broken('no upload_url');
    const uploaded = await this.client.upload(address, file, timeoutMs);
    if (uploaded === undefined) return foreignAddress();
    if (uploaded.kind !== 'value') return this.failed(uploaded);
    const answer = record(uploaded.value);
    return answer === undefined ? broken('malformed upload answer') : { value: answer };
  }

  private failed(result: Exclude<WireResult, { kind: 'value' }>): { failure: CallFailure; restart: boolean } {
    if (result.kind === 'error')
      return { failure: vkCallError(result.error, this.clock.now()), restart: restartsUpload(result.error) };
    return { failure: callFailure(VK_TITLE, result), restart: false };
  }
}

/** `<kind><owner>_<id>[_<access key>]`, as it goes into `attachments`. */
export function attachmentOf(kind: string, object: JsonRecord | undefined, page?: PageRef): string | undefined {
  const owner = integer(object?.['owner_id']) ?? (page === undefined ? undefined : -Number(page.externalId));
  const id = integer(object?.['id']);
  if (!owner || id === undefined || id <= 0) return undefined;
  const key = text(object?.['access_key']);
  return `${kind}${owner}_${id}${key && /^\w+$/.test(key) ? `_${key}` : ''}`;
}

export function broken(why: string): { failure: CallFailure; restart: boolean } {
  return { failure: callFailure(VK_TITLE, { kind: 'broken', why }), restart: false };
}

function foreignAddress(): { failure: CallFailure; restart: boolean } {
  const message = 'адрес для загрузки ведёт не на серверы ВКонтакте, файл не отправлен. Администратору: NETWORK_UPLOAD_HOSTS.';
  return { failure: refusal(VK_TITLE, 'upload-address-refused', message), restart: false };
}
