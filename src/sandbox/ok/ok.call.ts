import type { Params } from '../wire/inbound.js';
import type { OkGroup, OkPermission, OkToken } from './ok.model.js';
import { badGroup, badParam, missingAppPermission, permissionDenied, sessionRequired } from './ok.refusals.js';
import type { OkState } from './ok.state.js';

/** One call whose key, session and signature hold. */
export class OkCall {
  changed = false;
  touched: { owner: string; postId: string } | null = null;

  constructor(
    readonly state: OkState,
    private readonly session: OkToken | null,
    readonly params: Params,
    readonly at: Date,
  ) {}

  text(name: string): string {
    return this.params[name] ?? '';
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === '') throw badParam(`Missing required parameter ${name}`);
    return value;
  }

  list(name: string): string[] {
    return this.text(name)
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  count(name: string, standard: number, most: number): number {
    const raw = this.text(name);
    if (raw === '') return standard;
    if (!/^\d{1,9}$/.test(raw)) throw badParam(`${name} should be a number`);
    return Math.min(Number(raw), most);
  }

  get token(): OkToken {
    if (!this.session) throw sessionRequired();
    return this.session;
  }

  assertGranted(...permissions: OkPermission[]): void {
    for (const permission of permissions) {
      if (this.token.permissions.has(permission)) continue;
      if (this.state.settings.missingPermission === 10) throw permissionDenied('The user did not authorise the application');
      throw missingAppPermission(permission);
    }
  }

  group(name = 'gid'): OkGroup {
    const group = this.state.groups.get(this.required(name));
    if (!group) throw badGroup();
    return group;
  }

  assertRuns(group: OkGroup): void {
    const role = group.members.get(this.token.userId);
    if (role !== 'ADMIN' && role !== 'MODERATOR') throw permissionDenied('The user has no role in the group');
  }

  markChanged(groupId: string, topicId: string | null = null): void {
    this.changed = true;
    if (topicId !== null) this.touched = { owner: groupId, postId: topicId };
  }
}
