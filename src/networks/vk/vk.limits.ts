import { DOCUMENT_TYPES, VIDEO_TYPES } from '../media.js';
import type { NetworkLimits } from '../limits.js';

const MEGABYTE = 1024 * 1024;

/**
 * VK doesn't document its caps: integrators measured 15,000 and 16,000 characters, and ten attachments are documented
 * for messages only. Photo and document limits: VK documentation, uploads to a wall. Videos and the lengths of polls have
 * no figure anywhere; ours are careful.
 */
export const VK_LIMITS: NetworkLimits = {
  textLength: 15_000,
  photos: 10,
  photoBytes: 50 * MEGABYTE,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  videos: 10,
  videoBytes: { least: 1, most: 2_048 * MEGABYTE },
  videoTypes: VIDEO_TYPES,
  documents: 10,
  documentBytes: 2_048 * MEGABYTE,
  documentTypes: DOCUMENT_TYPES,
  links: 1,
  pollQuestionLength: 255,
  pollAnswers: { least: 2, most: 10 },
  pollAnswerLength: 100,
  // Of every kind (ten: _unconfirmed_, documented for messages).
  attachments: 10,
};
