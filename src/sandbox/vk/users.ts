import type { VkCall } from './vk.call.js';
import type { VkUser } from './vk.model.js';
import { accessDenied } from './vk.refusals.js';
import { userView } from './wall.views.js';

export function usersGet(call: VkCall): unknown {
  const ids = call
    .text('user_ids')
    .split(',')
    .filter((id) => /^\d+$/.test(id))
    .slice(0, 1000);
  const own = call.token.userId === null ? [] : [String(call.token.userId)];
  return (ids.length > 0 ? ids : own).flatMap((id) => {
    const user: VkUser | undefined = call.state.users.get(Number(id));
    return user ? [userView(user)] : [];
  });
}

/** The scope of a classic token as it was really given: VK narrows what was asked for without a word. */
export function getAppPermissions(call: VkCall): number {
  const userId = call.optionalInt('user_id');
  if (userId !== null && userId !== call.token.userId) throw accessDenied('user_id is not the owner of the token');
  return call.token.mask;
}
