import { COMMUNITY_BITS, USER_BITS, type CommunityRight, type UserScope } from './vk.permissions.js';
import type { VkToken } from './vk.model.js';
import { accessDenied, missingScope, noPermission, notForGroups, notForService, notForVkId } from './vk.refusals.js';

/** Who may call a method: absent = that kind of token may not; null = may without any particular right. */
export interface VkAccess {
  user?: UserScope | null;
  community?: CommunityRight | null;
  service?: true;
}

const publicRead: VkAccess = { user: null, service: true };
const openToAll: VkAccess = { user: null, community: null, service: true };

export const VK_ACCESS: Record<string, VkAccess> = {
  // The schema says user only; live reports of 2026 agree that a community token posts.
  'wall.post': { user: 'wall', community: 'wall' },
  'wall.edit': { user: 'wall' },
  'wall.delete': { user: 'wall' },
  'wall.restore': { user: 'wall' },
  'wall.pin': { user: 'wall' },
  'wall.unpin': { user: 'wall' },
  'wall.openComments': { user: 'wall', community: 'wall' },
  'wall.closeComments': { user: 'wall', community: 'wall' },
  'wall.get': publicRead,
  'wall.getById': publicRead,
  'wall.getComments': publicRead,
  'wall.createComment': { user: 'wall', community: 'wall' },
  'wall.deleteComment': { user: 'wall' },
  'wall.restoreComment': { user: 'wall' },
  'photos.getWallUploadServer': { user: 'photos' },
  'photos.saveWallPhoto': { user: 'photos' },
  'photos.getMessagesUploadServer': { user: 'photos', community: 'photos' },
  'photos.saveMessagesPhoto': { user: 'photos', community: 'photos' },
  'docs.getWallUploadServer': { user: 'docs', community: 'docs' },
  'docs.save': { user: 'docs', community: 'docs' },
  'video.save': { user: 'video' },
  'polls.create': { user: 'wall' },
  'groups.getById': openToAll,
  'groups.getAddresses': openToAll,
  'groups.getTokenPermissions': { community: null },
  // Some guides say that a community token with `manage` may read them too: `alsoForCommunities`.
  'stats.get': { user: 'stats' },
  'stats.getPostReach': { user: 'stats' },
  'users.get': openToAll,
  'account.getAppPermissions': { user: null },
  'utils.resolveScreenName': openToAll,
};

/** Public reads work with a VK ID token; the rest answers 1051 without an individual grant. */
const OPEN_TO_VK_ID = new Set([
  'users.get',
  'groups.getById',
  'groups.getAddresses',
  'wall.get',
  'wall.getById',
  'wall.getComments',
  'utils.resolveScreenName',
]);

export function assertMayCall(token: VkToken, method: string, alsoForCommunities: readonly string[]): void {
  const access = VK_ACCESS[method];
  if (!access) return;
  switch (token.granted ? 'user' : token.kind) {
    case 'community':
      if (alsoForCommunities.includes(method)) return;
      if (access.community === undefined) throw notForGroups();
      if (access.community !== null && (token.mask & COMMUNITY_BITS[access.community]) === 0) throw noPermission();
      return;
    case 'service':
      if (!access.service) throw notForService();
      return;
    case 'vkId':
      if (!OPEN_TO_VK_ID.has(method)) throw notForVkId();
      return;
    case 'user':
      if (access.user === undefined) throw accessDenied('no access to call this method');
      if (access.user !== null && (token.mask & USER_BITS[access.user]) === 0) throw missingScope();
  }
}
