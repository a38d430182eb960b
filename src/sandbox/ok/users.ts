import type { OkCall } from './ok.call.js';
import type { OkPermission } from './ok.model.js';

const NO_QUOTA = 100_000;

export function getCurrentUser(call: OkCall): unknown {
  const { userId } = call.token;
  const name = call.state.users.get(userId)?.name ?? '';
  const known: Record<string, unknown> = {
    name,
    first_name: name.split(' ')[0] ?? '',
    last_name: name.split(' ')[1] ?? '',
    locale: 'ru',
  };
  const fields = new Set(call.list('fields').map((field) => field.toLowerCase()));
  const wanted = Object.entries(known).filter(([field]) => fields.size === 0 || fields.has(field));
  return { uid: userId, ...Object.fromEntries(wanted) };
}

/** A bare boolean, not an object. */
export function hasAppPermission(call: OkCall): boolean {
  return call.token.permissions.has(call.required('ext_perm') as OkPermission);
}

export function getCallsLeft(call: OkCall): unknown {
  return call.list('methods').map((name) => {
    const callsLeft = call.state.tokens.callsLeftOf(call.token, name) ?? NO_QUOTA;
    return { name, available: callsLeft > 0, callsLeft };
  });
}
