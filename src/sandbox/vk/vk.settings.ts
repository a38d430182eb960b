/** What the real network decides and a test may want to decide otherwise. */
export interface VkSettings {
  /** Calls a second for each token. */
  perSecond: { user: number; service: number; community: number };
  longestText: number;
  mostAttachments: number;
  postsPerDay: number;
  adsPerDay: number;
  postponedPerDay: number;
  postponedTotal: number;
  guidLifeMs: number;
  /** What a repeat with a known guid gets: the post that exists, or a refusal with this code. */
  guidRepeat: 'returnsOldId' | { refusesWith: number };
  /** How late wall.get and wall.getById see new posts, edits by others and deletions excepted. */
  lookupLagMs: number;
  largestPhotoBytes: number;
  /** Methods that the schema keeps for users and a test wants to see accepted from a community token. */
  alsoForCommunities: string[];
}

export const VK_DEFAULTS: VkSettings = {
  perSecond: { user: 3, service: 3, community: 20 },
  longestText: 15_000,
  mostAttachments: 10,
  postsPerDay: 500,
  adsPerDay: 5,
  postponedPerDay: 250,
  postponedTotal: 1500,
  guidLifeMs: 60 * 60 * 1000,
  guidRepeat: 'returnsOldId',
  lookupLagMs: 0,
  largestPhotoBytes: 50 * 1024 * 1024,
  alsoForCommunities: [],
};
