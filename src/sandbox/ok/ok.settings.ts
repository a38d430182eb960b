export interface OkSettings {
  mostBlocks: number;
  longestText: number;
  longestQuestion: number;
  mostAnswers: number;
  longestAnswer: number;
  mostPhotos: number;
  smallestPhotoSide: number;
  largestPhotoBytes: number;
  smallestVideoBytes: number;
  largestVideoBytes: number;
  /** What the upload address of a video answers: a text as it stands, anything else as JSON. */
  videoUploadAnswer: unknown;
  videoIdsAsNumbers: boolean;
  uploadLifeMs: number;
  accessTokenLifeMs: number;
  /** With LONG_ACCESS_TOKEN; any call takes it up to this life again, at most once a day. */
  longAccessTokenLifeMs: number;
  refreshTokenLifeMs: number;
  /** Does the answer to a refresh name the refresh token again? */
  refreshNamesToken: boolean;
  codeLifeMs: number;
  /** How late getTopics, getByIds and discussions see new topics. */
  lookupLagMs: number;
  /** How long a published topic may be edited; null = for ever. */
  editWindowMs: number | null;
  /** The answer to a missing application permission: 200 names it, 10 does not. */
  missingPermission: 10 | 200;
}

export const OK_DEFAULTS: OkSettings = {
  mostBlocks: 20,
  longestText: 10_000,
  longestQuestion: 255,
  mostAnswers: 10,
  longestAnswer: 128,
  mostPhotos: 10,
  smallestPhotoSide: 1,
  largestPhotoBytes: 10 * 1024 * 1024,
  smallestVideoBytes: 16 * 1024,
  largestVideoBytes: 1024 * 1024 * 1024,
  videoUploadAnswer: '<retval>1</retval>',
  videoIdsAsNumbers: false,
  uploadLifeMs: 24 * 60 * 60 * 1000,
  accessTokenLifeMs: 30 * 60 * 1000,
  longAccessTokenLifeMs: 30 * 24 * 60 * 60 * 1000,
  refreshTokenLifeMs: 30 * 24 * 60 * 60 * 1000,
  refreshNamesToken: false,
  codeLifeMs: 2 * 60 * 1000,
  lookupLagMs: 0,
  editWindowMs: 24 * 60 * 60 * 1000,
  missingPermission: 200,
};
