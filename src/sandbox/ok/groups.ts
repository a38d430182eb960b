import type { OkCall } from './ok.call.js';
import type { OkGroup } from './ok.model.js';
import { badParam } from './ok.refusals.js';

const STANDARD_FIELDS = ['name', 'shortname', 'description'];

/** A bare array; groups that do not exist are left out. */
export function getInfo(call: OkCall): unknown {
  const uids = call.list('uids');
  if (uids.length === 0) throw badParam('Missing required parameter uids');
  const asked = call.list('fields').map((field) => field.toLowerCase());
  const fields = new Set(asked.length > 0 ? asked : STANDARD_FIELDS);
  return uids.flatMap((uid) => {
    const group = call.state.groups.get(uid);
    return group ? [groupView(call, group, fields)] : [];
  });
}

export function getUserGroupsByIds(call: OkCall): unknown {
  call.assertGranted('VALUABLE_ACCESS');
  const group = call.group('group_id');
  const uids = call.list('uids');
  return (uids.length > 0 ? uids : [call.token.userId]).map((userId) => ({
    groupId: group.id,
    userId,
    status: group.members.get(userId) ?? 'UNKNOWN',
  }));
}

export function urlGetInfo(call: OkCall): unknown {
  const url = call.required('url');
  if (!URL.canParse(url)) throw badParam('url is invalid');
  const path = new URL(url).pathname.replace(/\/+$/, '');
  const id = /^\/group\/(\d+)/.exec(path)?.[1];
  const named = [...call.state.groups.values()].find((group) => group.id === id || `/${group.shortname}` === path);
  return named ? { objectId: named.id, type: 'GROUP' } : { type: 'UNKNOWN' };
}

function groupView(call: OkCall, group: OkGroup, fields: ReadonlySet<string>): Record<string, unknown> {
  const role = group.members.get(call.params.access_token ? call.token.userId : '');
  const known: Record<string, unknown> = {
    name: group.name,
    shortname: group.shortname,
    description: group.description,
    ...(role && { role }),
    ...group.profile,
  };
  return { uid: group.id, ...Object.fromEntries(Object.entries(known).filter(([name]) => fields.has(name))) };
}
