import { VIDEO_TYPES } from '../media.js';
import type { NetworkLimits } from '../limits.js';

const MEGABYTE = 1024 * 1024;

/**
 * OK publishes no figures but those of videos, only error names that prove limits exist. Text, number and size of photos are
 * what integrators found safe; sides and aspect are VK's, so that a photo prepared once fits both; polls have no figure
 * anywhere.
 */
export const OK_LIMITS: NetworkLimits = {
  textLength: 10_000,
  photos: 10,
  photoBytes: 10 * MEGABYTE,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  videos: 10,
  videoBytes: { least: 16 * 1024, most: 1_024 * MEGABYTE },
  videoTypes: VIDEO_TYPES,
  documents: 0,
  documentBytes: 0,
  documentTypes: [],
  links: 1,
  pollQuestionLength: 255,
  pollAnswers: { least: 2, most: 10 },
  pollAnswerLength: 100,
  // A link and a poll are blocks of their own there.
  attachments: 12,
};
