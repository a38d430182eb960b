/**
 * The contract that every social network fulfils. Modules know this file alone; an adapter
 * translates between these words and the network's own.
 *
 * Instants are `Date` (UTC). Messages in a `Reason` are Russian, for an account manager or an official.
 */

import type { NetworkLimits } from './limits.js';
import type { AttachmentKind, DocumentUpload, PhotoUpload, Poll, PreparedPoll, VideoUpload } from './media.js';
import type { AskedAtOnce, CountedPost, PageDay, PageWeek, PostAsked, PostNumbers, PostOnPage } from './numbers.js';

export const NETWORK_NAMES = ['vk', 'ok'] as const;
export type NetworkName = (typeof NETWORK_NAMES)[number];

/**
 * The secrets that open a page, by kind; values never leave the adapter's calls.
 * VK: `communityToken` (mandatory), `serviceToken`, `userToken` with `userRefreshToken`, `userDeviceId`, `userClientId`.
 * OK: `applicationKey`, `applicationSecretKey`, `accessToken` with `refreshToken`, `applicationId`.
 */
export type Credentials = Readonly<Record<string, string>>;

/** A kind of secret that a network knows, so that modules can validate and name it without knowing the network. */
export interface CredentialKind {
  readonly name: string;
  readonly required: boolean;
  /** What it is and where a person finds it, Russian. */
  readonly description: string;
}

/** What the stored credentials allow on a page. */
export const CAPABILITIES = [
  'publishText',
  'publishLink',
  'publishPhoto',
  'publishVideo',
  'publishDocument',
  'publishPoll',
  'edit',
  'delete',
  'find',
  'describePage',
  'readComments',
  'reply',
  'moderate',
  'readStatistics',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Why something can't be done now, with the way out when it is known. */
export type CapabilityMap = Readonly<Record<Capability, { allowed: boolean; reason?: string }>>;

/** A refusal or a doubt in plain words. */
export interface Reason {
  /** Stable machine word of ours: `rate-limited`, `token-revoked`, `text-too-long`, `no-answer`, `broken-answer` … */
  readonly code: string;
  /** Russian: what happened and what to do next. */
  readonly message: string;
  /** The network's own code and words, without secrets. */
  readonly networkCode?: string;
  readonly networkMessage?: string;
}

export interface PageRef {
  /** VK: positive community id. OK: group id. */
  readonly externalId: string;
}

/** What a post says on one network. Text is NFC. Attachment ids are those that the uploads returned, in order. */
export interface PostContent {
  readonly text: string;
  readonly link?: string;
  readonly photos: readonly string[];
  readonly videos?: readonly string[];
  readonly documents?: readonly string[];
  readonly poll?: PreparedPoll;
}

export interface PublishRequest {
  readonly page: PageRef;
  readonly credentials: Credentials;
  readonly content: PostContent;
  /** Stable per publication intent; VK sends it as `guid`, networks without such a key ignore it. */
  readonly marker: string;
  /** The request's bytes must not begin to leave after this instant (monotonic check right before the write). */
  readonly sendBefore: Date;
}

export type PublishOutcome =
  | { readonly kind: 'published'; readonly externalId: string; readonly url: string }
  /** Definitely not accepted, and it won't be without a change of the post. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** Definitely not accepted; the same call may be made again after `afterMs`. */
  | { readonly kind: 'retryLater'; readonly reason: Reason; readonly afterMs: number }
  /** Definitely not accepted; the credentials are dead or lost a right: a person must reconnect the page. */
  | { readonly kind: 'credentialLost'; readonly reason: Reason }
  /** Definitely not accepted; the network wants a person (captcha, validation, block): stop calling for this page. */
  | { readonly kind: 'needsPerson'; readonly reason: Reason }
  /** It may or may not be there: look before doing anything. */
  | {
      readonly kind: 'unclear';
      readonly reason: Reason;
      /** The answer says that the credentials are dead or a person is wanted: send nothing more to this page meanwhile. */
      readonly stopsPage?: boolean;
    };

export interface EditRequest extends Omit<PublishRequest, 'marker'> {
  readonly externalId: string;
}

export type EditOutcome =
  /** The post says it now, as far as the network tells. */
  { readonly kind: 'edited' } | Exclude<PublishOutcome, { kind: 'published' }>;

/** The answer of a call that has no public effect: it may be repeated. */
export type CallOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'retryLater'; readonly reason: Reason; readonly afterMs: number }
  | { readonly kind: 'credentialLost'; readonly reason: Reason }
  | { readonly kind: 'needsPerson'; readonly reason: Reason };

export interface CredentialCheck {
  readonly capabilities: CapabilityMap;
  /** What each given secret turned out to be, for people: `{ communityToken: 'токен сообщества, права: стена, документы' }`. */
  readonly findings: Readonly<Record<string, string>>;
  readonly expiresAt?: Date;
}

/** What asking the network for new secrets brought. */
export type RefreshOutcome =
  | {
      readonly kind: 'refreshed';
      /** The secrets that are new, by kind; the others stay. */
      readonly credentials: Credentials;
      /** When they end, if the network tells. */
      readonly expiresAt?: Date;
    }
  /** The network does not know the refreshing secret any more (`invalid_grant`): a person must connect the page again. */
  | { readonly kind: 'revoked'; readonly reason: Reason }
  /** Certainly not carried out, and it won't be until a person corrects something; the secrets are as they were. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** Certainly not carried out; the same secret may be used again after `afterMs`. */
  | { readonly kind: 'retryLater'; readonly reason: Reason; readonly afterMs: number }
  /** The answer is lost or broken: the refreshing secret may be spent, and its successor with the answer. */
  | { readonly kind: 'unsure'; readonly reason: Reason };

export interface PageDescription {
  readonly externalId: string;
  readonly name: string;
  /** Public address of the page. */
  readonly url: string;
  readonly screenName?: string;
  readonly description?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly site?: string;
  readonly membersCount?: number;
  /** The state-organisation mark, when the network tells. */
  readonly governmentMark?: boolean;
  /** Whether there is a picture, when the network tells. */
  readonly avatar?: boolean;
  readonly cover?: boolean;
}

/** A post seen on a wall. */
export interface WallPost {
  readonly externalId: string;
  readonly url: string;
  readonly publishedAt: Date;
  readonly text: string;
  readonly photoCount: number;
  readonly videoCount: number;
  readonly documentCount: number;
  readonly hasPoll: boolean;
  /** Attachment ids as the network shows them. */
  readonly attachments: readonly string[];
  /** True when the page itself is the author. */
  readonly byPage: boolean;
}

export interface FindRequest {
  readonly page: PageRef;
  readonly credentials: Credentials;
  readonly content: PostContent;
  /** Only posts published in `[from, to]` can match. */
  readonly from: Date;
  readonly to: Date;
}

export interface FindResult {
  /** Posts that match by text, author, time window and number of attachments. */
  readonly matches: readonly WallPost[];
  /** Everything the look-up saw, newest first: the caller's positive control. */
  readonly seen: readonly WallPost[];
}

/** `requests`: how many the look took, whatever became of it; one when it doesn't say. */
export type FindOutcome = CallOutcome<FindResult> & { readonly requests?: number };

/** Publishing by what the post carries: it decides which secret is used. */
export type PublishCall = 'publishText' | 'publishPhoto' | 'publishVideo' | 'publishDocument' | 'publishPoll';
/** Kinds of calls that draw on the budget of a secret. */
export type SpendingCall =
  | PublishCall
  | ('uploadPhoto' | 'uploadVideo' | 'uploadDocument' | 'preparePoll')
  | ('find' | 'readPost' | 'edit' | 'delete' | CheckingCall | 'describePage' | NumbersCall);
/** A check of credentials asks with each secret: with the scarcest one, and with what only reads. */
export type CheckingCall = 'checkCredentials' | 'checkReadingToken';
/** Each of them is one request. */
export type NumbersCall = 'readCounters' | 'readReach' | 'readDays' | 'readWeeks';

/** What a call spends: requests of one of the given secrets, named by its kind. */
export interface CallCost {
  readonly credential: string;
  readonly requests: number;
}

/** One social network. Stateless: credentials come with every call. */
export interface Network {
  readonly name: NetworkName;
  /** For people: «ВКонтакте», «Одноклассники». */
  readonly title: string;
  readonly limits: NetworkLimits;
  readonly credentialKinds: readonly CredentialKind[];
  /** Kinds whose attachment ids are good for an edit of the post; the others are uploaded anew. */
  readonly keepsUploads: readonly AttachmentKind[];
  /** Whether `describePage` could tell an e-mail address; if not, its absence says nothing. */
  readonly tellsEmail: boolean;
  /** How many posts `readCounters` and `readReach` take. */
  readonly askedAtOnce: AskedAtOnce;

  /** Length of a text as this network counts it. */
  countText(text: string): number;
  /** Public address of a post; pure. */
  postUrl(page: PageRef, externalId: string): string;
  /** The post that a permalink of this page names, or undefined when it is no permalink of it; pure. */
  postIdOf(page: PageRef, url: string): string | undefined;
  /** What a call will spend with these secrets, or undefined when it asks the network nothing, for want of one perhaps; pure. */
  costOf(call: SpendingCall, credentials: Credentials): CallCost | undefined;

  /** Proves kind and rights of every given secret by calling the network, and computes the capabilities. */
  checkCredentials(page: PageRef, credentials: Credentials): Promise<CallOutcome<CredentialCheck>>;
  /**
   * The kind of the secret by which the network gives new ones without a person, when everything for that is there; pure.
   * A network may take it once only, so whoever shares it between pages refreshes for all of them.
   */
  refreshedBy(credentials: Credentials): string | undefined;
  /** Asks for new secrets, once: no retry, and nothing leaves after `sendBefore`. Call it only where `refreshedBy` names one. */
  refreshCredentials(credentials: Credentials, sendBefore: Date): Promise<RefreshOutcome>;
  describePage(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageDescription>>;
  /** Uploads one photo by the network's complete flow and returns the attachment id to publish it with. No public effect. */
  uploadPhoto(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>>;
  /** As `uploadPhoto`; the network may go on working on the video after the post is out. */
  uploadVideo(page: PageRef, credentials: Credentials, video: VideoUpload): Promise<CallOutcome<string>>;
  uploadDocument(page: PageRef, credentials: Credentials, document: DocumentUpload): Promise<CallOutcome<string>>;
  /** Makes the poll where the network wants it before the post, and returns it with its attachment id. No public effect. */
  preparePoll(page: PageRef, credentials: Credentials, poll: Poll): Promise<CallOutcome<PreparedPoll>>;
  /** Sends once: no retry at any layer, no redirect, a total time limit. Never throws for what the network or the wire does. */
  publish(request: PublishRequest): Promise<PublishOutcome>;
  /** Replaces what a published post says, all of it. The same call again changes nothing more, so it may be repeated. */
  edit(request: EditRequest): Promise<EditOutcome>;
  /** Looks on the wall for a post that we may have published. */
  find(request: FindRequest): Promise<FindOutcome>;
  /** Reads one post; undefined when it is not there. */
  readPost(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>>;
  /** What everybody sees below posts, on whatever pages: views, likes, comments, reposts. A post that is gone is not in the answer. */
  readCounters(credentials: Credentials, posts: readonly PostOnPage[]): Promise<CallOutcome<CountedPost[]>>;
  /** What only those see who manage the page: whom posts reached. One that the network tells nothing of is not in the answer. */
  readReach(page: PageRef, credentials: Credentials, posts: readonly PostAsked[]): Promise<CallOutcome<PostNumbers[]>>;
  /** The page's days between two instants, as the network cuts days; the newest of them may still change. */
  readDays(page: PageRef, credentials: Credentials, from: Date, until: Date): Promise<CallOutcome<PageDay[]>>;
  /** Whom the page reached in weeks that are over, newest first: those since an instant, or the last alone where the network tells no other. */
  readWeeks(page: PageRef, credentials: Credentials, from: Date): Promise<CallOutcome<PageWeek[]>>;
  /** The post is gone afterwards; an already absent one counts as done. */
  delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>>;
}
