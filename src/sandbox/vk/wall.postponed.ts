import type { VkCall } from './vk.call.js';
import type { VkCommunity, VkPost } from './vk.model.js';
import { cannotAddPost } from './vk.refusals.js';

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;
const MOSCOW_OFFSET_MS = 3 * 60 * 60 * 1000;

export function readPublishDate(call: VkCall): Date | null {
  const seconds = call.optionalInt('publish_date');
  if (seconds === null) return null;
  const at = new Date(seconds * 1000);
  const lead = at.getTime() - call.at.getTime();
  if (lead <= 0 || lead > YEAR_MS) throw cannotAddPost('cannot postpone post');
  return at;
}

export function assertSlotIsFree(call: VkCall, community: VkCommunity, at: Date, except?: VkPost): void {
  const taken = postponedOf(call, community).some((post) => post !== except && post.date.getTime() === at.getTime());
  if (taken) throw cannotAddPost('a post is already scheduled for this time');
}

export function assertDayHasRoom(call: VkCall, community: VkCommunity, at: Date): void {
  const { postponedPerDay, postponedTotal } = call.state.settings;
  const all = postponedOf(call, community);
  if (all.length >= postponedTotal) throw cannotAddPost(`you can only schedule ${postponedTotal} posts`);
  const sameDay = all.filter((post) => moscowDay(post.date) === moscowDay(at));
  if (sameDay.length >= postponedPerDay) throw cannotAddPost(`you can only schedule ${postponedPerDay} posts on a day`);
}

function postponedOf(call: VkCall, community: VkCommunity): VkPost[] {
  return call.state.wallOf(-community.id).filter((post) => post.kind === 'postpone' && !post.deleted);
}

function moscowDay(at: Date): string {
  return new Date(at.getTime() + MOSCOW_OFFSET_MS).toISOString().slice(0, 10);
}
