/** Rights of a community token, as `groups.getTokenPermissions` names them. */
export const COMMUNITY_BITS = {
  stories: 1,
  photos: 4,
  app_widget: 64,
  messages: 4096,
  wall: 8192,
  docs: 131072,
  manage: 262144,
} as const;

/** Scope of a user token. */
export const USER_BITS = {
  photos: 4,
  video: 16,
  status: 1024,
  wall: 8192,
  offline: 65536,
  docs: 131072,
  groups: 262144,
  stats: 1048576,
} as const;

export type CommunityRight = keyof typeof COMMUNITY_BITS;
export type UserScope = keyof typeof USER_BITS;

export function communityMask(...rights: CommunityRight[]): number {
  return rights.reduce((mask, right) => mask | COMMUNITY_BITS[right], 0);
}

export function userMask(...scopes: UserScope[]): number {
  return scopes.reduce((mask, scope) => mask | USER_BITS[scope], 0);
}
