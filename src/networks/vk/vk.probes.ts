import type { Clock } from '../../platform/clock/clock.js';
import { integer, list, record, records, type JsonRecord } from '../untrusted-json.js';
import { callFailure, type CallFailure, type WireResult } from '../wire.js';
import type { VkClient, VkParams } from './vk.client.js';
import { VK_TITLE, vkCallError } from './vk.errors.js';
import { groupsOf } from './vk.page.js';

/** What a probe learnt; `no` means that VK answered and this isn't such a token. */
export type Probe<T> =
  { readonly kind: 'yes'; readonly value: T } | { readonly kind: 'no'; readonly failure?: CallFailure } | CallFailureNow;
/** The probe proved nothing: the same question may be asked later. */
type CallFailureNow = { readonly kind: 'failed'; readonly failure: CallFailure };

/** Calls that only one kind of token can make; they tell what a token is, whatever field a person put it in. */
export class VkProbes {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  /** The permission mask; VK documentation, `groups.getTokenPermissions`, for community tokens only. */
  async asCommunity(token: string): Promise<Probe<number>> {
    return this.ask('groups.getTokenPermissions', {}, token, (value) => integer(record(value)?.['mask']));
  }

  /** The user's id; `users.get` without ids answers with the token's owner, and only a user's token has one. */
  async asUser(token: string): Promise<Probe<number>> {
    return this.ask('users.get', {}, token, (value) => {
      const users = list(value);
      // `null`: a good answer that names nobody.
      return users === undefined ? undefined : (integer(records(users)[0]?.['id']) ?? null);
    });
  }

  /** The permission bits that a user's token really has; VK documentation, `account.getAppPermissions`. */
  async scope(token: string, userId: number): Promise<Probe<number>> {
    return this.ask('account.getAppPermissions', { user_id: userId }, token, integer);
  }

  /** The community; with `groupId` undefined, the one to which a community token belongs. */
  async group(token: string, groupId: string | undefined): Promise<Probe<JsonRecord>> {
    const params = { ...(groupId === undefined ? {} : { group_id: groupId }), fields: 'is_admin,admin_level' };
    return this.ask('groups.getById', params, token, (value) => {
      const groups = groupsOf(value);
      return groups === undefined
        ? undefined
        : (groups.find(({ id }) => groupId === undefined || String(id) === groupId) ?? null);
    });
  }

  /** `read` answers undefined for what isn't VK's answer and null for an answer that says no. */
  private async ask<T>(
    method: string,
    params: VkParams,
    token: string,
    read: (value: unknown) => T | null | undefined,
  ): Promise<Probe<T>> {
    const result = await this.client.call(method, params, token);
    if (result.kind !== 'value') return this.unanswered(result);
    const value = read(result.value);
    if (value === undefined)
      return { kind: 'failed', failure: callFailure(VK_TITLE, { kind: 'broken', why: 'unexpected shape' }) };
    return value === null ? { kind: 'no' } : { kind: 'yes', value };
  }

  private unanswered(result: Exclude<WireResult, { kind: 'value' }>): Probe<never> {
    if (result.kind !== 'error') return { kind: 'failed', failure: callFailure(VK_TITLE, result) };
    const failure = vkCallError(result.error, this.clock.now());
    const final = failure.kind === 'refused' || failure.kind === 'credentialLost';
    return { kind: final ? 'no' : 'failed', failure };
  }
}
