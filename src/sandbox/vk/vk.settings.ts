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
  largestDocumentBytes: number;
  /** May a document that a community token uploads be an image? */
  imagesAsCommunityDocuments: boolean;
  /** How long a video says `processing` after its file came. */
  videoProcessingMs: number;
  /** How long a published post may be edited; null = for ever. */
  editWindowMs: number | null;
  vkIdAccessLifeMs: number;
  vkIdRefreshLifeMs: number;
  /** Does renewing a session end the access token that it had? */
  refreshEndsOldAccess: boolean;
  /** VK ID's refusals: an error inside a success, as in the API, or a status of their own. */
  vkIdRefusalStatus: 200 | 400 | 401;
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
  largestDocumentBytes: 2048 * 1024 * 1024,
  imagesAsCommunityDocuments: false,
  videoProcessingMs: 60_000,
  editWindowMs: 24 * 60 * 60 * 1000,
  vkIdAccessLifeMs: 60 * 60 * 1000,
  vkIdRefreshLifeMs: 180 * 24 * 60 * 60 * 1000,
  refreshEndsOldAccess: false,
  vkIdRefusalStatus: 200,
  alsoForCommunities: [],
};
