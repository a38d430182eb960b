import type { DocumentType, Range, VideoType } from './media.js';

/** What a network takes. */
export interface NetworkLimits {
  readonly textLength: number;
  readonly photos: number;
  readonly photoBytes: number;
  /** Width plus height in pixels. */
  readonly photoSideSum: number;
  /** Longest side divided by the shortest. */
  readonly photoAspect: number;
  readonly photoTypes: readonly ('image/jpeg' | 'image/png' | 'image/webp')[];
  readonly videos: number;
  readonly videoBytes: Range;
  readonly videoTypes: readonly VideoType[];
  /** Zero where posts have no documents. */
  readonly documents: number;
  readonly documentBytes: number;
  readonly documentTypes: readonly DocumentType[];
  readonly links: number;
  readonly pollQuestionLength: number;
  readonly pollAnswers: Range;
  readonly pollAnswerLength: number;
  /** Photos, videos, documents, the link and the poll together. */
  readonly attachments: number;
}
