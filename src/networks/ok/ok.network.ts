import type { Clock } from '../../platform/clock/clock.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type {
  CallCost,
  CallOutcome,
  CredentialCheck,
  Credentials,
  EditOutcome,
  EditRequest,
  FindRequest,
  FindResult,
  Network,
  PageDescription,
  PageRef,
  PublishOutcome,
  PublishRequest,
  RefreshOutcome,
  SpendingCall,
  WallPost,
} from '../network.js';
import type { PhotoUpload, Poll, PreparedPoll, VideoUpload } from '../media.js';
import type { CountedPost, PageDay, PageWeek, PostAsked, PostNumbers, PostOnPage } from '../numbers.js';
import { pollProblem, textLength } from '../post-content.js';
import { refusal } from '../refusal.js';
import { OkClient, type OkClientSettings } from './ok.client.js';
import { OkCredentials } from './ok.credentials.js';
import { OK_TITLE } from './ok.errors.js';
import { OkGroups } from './ok.groups.js';
import { OK_LIMITS } from './ok.limits.js';
import { OkNumbers, OK_ASKED_AT_ONCE } from './ok.numbers.js';
import { OkPhotos } from './ok.photos.js';
import { OkPosts, okTopicIdOf, okTopicUrl } from './ok.posts.js';
import { OkRefresh } from './ok.refresh.js';
import { OK_CREDENTIAL_KINDS, okCostOf, okRefreshedBy } from './ok.session.js';
import { OkTopics } from './ok.topics.js';
import { OkVideos } from './ok.videos.js';

/** Odnoklassniki: our words on one side, its methods on the other. */
export class OkNetwork implements Network {
  readonly name = 'ok';
  readonly title = OK_TITLE;
  readonly limits = OK_LIMITS;
  readonly credentialKinds = OK_CREDENTIAL_KINDS;
  /** The token of a photo is gone once a topic has used it, or after a day. */
  readonly keepsUploads = ['video'] as const;
  readonly tellsEmail = false;
  readonly askedAtOnce = OK_ASKED_AT_ONCE;

  private readonly posts: OkPosts;
  private readonly photos: OkPhotos;
  private readonly videos: OkVideos;
  private readonly topics: OkTopics;
  private readonly groups: OkGroups;
  private readonly counting: OkNumbers;
  private readonly secrets: OkCredentials;
  private readonly renewal: OkRefresh;

  constructor(settings: OkClientSettings, outbound: Outbound, clock: Clock) {
    const client = new OkClient(settings, outbound);
    this.posts = new OkPosts(client, clock);
    this.photos = new OkPhotos(client, clock);
    this.videos = new OkVideos(client, clock);
    this.topics = new OkTopics(client, clock);
    this.groups = new OkGroups(client, clock);
    this.counting = new OkNumbers(client, clock);
    this.secrets = new OkCredentials(client, clock);
    this.renewal = new OkRefresh(settings.authUrl, outbound, clock);
  }

  countText(text: string): number {
    return textLength(text);
  }

  postUrl(page: PageRef, externalId: string): string {
    return okTopicUrl(page.externalId, externalId);
  }

  postIdOf(page: PageRef, url: string): string | undefined {
    return okTopicIdOf(page.externalId, url);
  }

  costOf(call: SpendingCall, credentials: Credentials): CallCost | undefined {
    return okCostOf(call, credentials);
  }

  checkCredentials(page: PageRef, credentials: Credentials): Promise<CallOutcome<CredentialCheck>> {
    return this.secrets.check(page, credentials);
  }

  refreshedBy(credentials: Credentials): string | undefined {
    return okRefreshedBy(credentials);
  }

  refreshCredentials(credentials: Credentials, sendBefore: Date): Promise<RefreshOutcome> {
    return this.renewal.refresh(credentials, sendBefore);
  }

  describePage(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageDescription>> {
    return this.groups.describe(page, credentials);
  }

  uploadPhoto(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>> {
    return this.photos.upload(page, credentials, photo);
  }

  uploadVideo(page: PageRef, credentials: Credentials, video: VideoUpload): Promise<CallOutcome<string>> {
    return this.videos.upload(page, credentials, video);
  }

  uploadDocument(): Promise<CallOutcome<string>> {
    return Promise.resolve(refusal(OK_TITLE, 'capability-missing', 'в темах нет документов. Дайте на документ ссылку.'));
  }

  /** A poll goes inside its topic. */
  preparePoll(_page: PageRef, _credentials: Credentials, poll: Poll): Promise<CallOutcome<PreparedPoll>> {
    const reason = pollProblem(OK_TITLE, OK_LIMITS, poll);
    return Promise.resolve(reason ? { kind: 'refused', reason } : { kind: 'done', value: poll });
  }

  publish(request: PublishRequest): Promise<PublishOutcome> {
    return this.posts.publish(request);
  }

  edit(request: EditRequest): Promise<EditOutcome> {
    return this.posts.edit(request);
  }

  find(request: FindRequest): Promise<CallOutcome<FindResult>> {
    return this.topics.find(request);
  }

  readPost(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>> {
    return this.topics.read(page, credentials, externalId);
  }

  readCounters(credentials: Credentials, posts: readonly PostOnPage[]): Promise<CallOutcome<CountedPost[]>> {
    return this.counting.counters(credentials, posts);
  }

  readReach(page: PageRef, credentials: Credentials, posts: readonly PostAsked[]): Promise<CallOutcome<PostNumbers[]>> {
    return this.counting.reach(page, credentials, posts);
  }

  readDays(page: PageRef, credentials: Credentials, from: Date, until: Date): Promise<CallOutcome<PageDay[]>> {
    return this.counting.days(page, credentials, from, until);
  }

  readWeeks(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageWeek[]>> {
    return this.counting.weeks(page, credentials);
  }

  delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    return this.topics.delete(page, credentials, externalId);
  }
}
