import type { NetworkLimits } from '../../networks/limits.js';
import type { Network, NetworkName } from '../../networks/network.js';
import type { FieldProblem } from '../../platform/errors/domain-error.js';
import type { MediaKind } from './media.js';
import type { PostMedia, Variant } from './post.js';

type MeasuredMedia = Pick<PostMedia, 'kind' | 'bytes' | 'type'>;

/** A network as far as its limits go, and the variant that it is asked about. */
interface Question {
  readonly network: Pick<Network, 'title' | 'limits' | 'countText'>;
  readonly variant: Variant;
  /** The variant's place in the request. */
  readonly at: string;
}

/**
 * What the networks' limits say about a post, by field; checked when it is written, not when it is due. A kind that a network
 * has not at all is no mistake of the post: a person may publish it there by hand, and scheduling says so.
 */
export function limitProblems(
  variants: readonly Variant[],
  media: readonly MeasuredMedia[],
  networkOf: (name: NetworkName) => Network,
): FieldProblem[] {
  return variants.flatMap((variant, i) => {
    const question = { network: networkOf(variant.network), variant, at: `variants.${i}` };
    const { limits } = question.network;
    const taken = media.filter(({ kind }) => most(limits, kind) > 0);
    return [
      ...textProblems(question, media.length),
      ...mediaProblems(question, media),
      ...togetherProblems(question, taken.length),
      ...pollProblems(question),
    ];
  });
}

function textProblems({ network, variant, at }: Question, mediaCount: number): FieldProblem[] {
  const { title, limits } = network;
  const length = network.countText(variant.text);
  const problems: FieldProblem[] = [];
  if (length > limits.textLength) {
    const reason = `${title}: ${length} characters of ${limits.textLength} allowed; shorten the text`;
    problems.push({ field: `${at}.text`, reason });
  }
  if (variant.text.trim() === '' && mediaCount === 0 && variant.link === null && variant.poll === null) {
    problems.push({ field: `${at}.text`, reason: `${title}: a post needs a text, a link, a poll or a file` });
  }
  return problems;
}

function mediaProblems({ network: { title, limits } }: Question, media: readonly MeasuredMedia[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const kind of ['photo', 'video', 'document'] as const) {
    const count = media.filter((one) => one.kind === kind).length;
    if (most(limits, kind) > 0 && count > most(limits, kind))
      problems.push({ field: 'mediaIds', reason: `${title}: at most ${most(limits, kind)} ${kind}s` });
  }
  for (const [i, { kind, bytes }] of media.entries()) {
    const { least, most: heaviest } = weights(limits, kind);
    if (most(limits, kind) > 0 && (bytes < least || bytes > heaviest)) {
      const rule = bytes < least ? `at least ${least / 1024} KiB` : `at most ${Math.floor(heaviest / 1024 / 1024)} MiB`;
      problems.push({ field: `mediaIds.${i}`, reason: `${title}: a ${kind} of ${rule}` });
    }
  }
  return problems;
}

function togetherProblems({ network: { title, limits }, variant, at }: Question, taken: number): FieldProblem[] {
  const together = taken + (variant.link === null ? 0 : 1) + (variant.poll === null ? 0 : 1);
  if (together <= limits.attachments) return [];
  const field = taken > limits.attachments ? 'mediaIds' : variant.link === null ? `${at}.poll` : `${at}.link`;
  const reason = `${title}: a link and a poll take the place of a file each; at most ${limits.attachments} together`;
  return [{ field, reason }];
}

function pollProblems({ network, variant: { poll }, at }: Question): FieldProblem[] {
  if (!poll) return [];
  const { title, limits } = network;
  const countText = (text: string): number => network.countText(text);
  const problems: FieldProblem[] = [];
  const { least, most: greatest } = limits.pollAnswers;
  if (countText(poll.question) > limits.pollQuestionLength) {
    const reason = `${title}: at most ${limits.pollQuestionLength} characters`;
    problems.push({ field: `${at}.poll.question`, reason });
  }
  if (poll.answers.length < least || poll.answers.length > greatest)
    problems.push({ field: `${at}.poll.answers`, reason: `${title}: ${least} to ${greatest} answers` });
  for (const [i, answer] of poll.answers.entries()) {
    if (countText(answer) > limits.pollAnswerLength)
      problems.push({ field: `${at}.poll.answers.${i}`, reason: `${title}: at most ${limits.pollAnswerLength} characters` });
  }
  return problems;
}

/** How many of a kind a network takes in one post. */
function most(limits: NetworkLimits, kind: MediaKind): number {
  return { photo: limits.photos, video: limits.videos, document: limits.documents }[kind];
}

function weights(limits: NetworkLimits, kind: MediaKind): { least: number; most: number } {
  if (kind === 'video') return limits.videoBytes;
  return { least: 1, most: kind === 'photo' ? limits.photoBytes : limits.documentBytes };
}
