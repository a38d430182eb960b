import type { Clock } from '../../platform/clock/clock.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type {
  CallCost,
  CallOutcome,
  CredentialCheck,
  Credentials,
  EditOutcome,
  EditRequest,
  FindOutcome,
  FindRequest,
  Network,
  PageDescription,
  PageRef,
  PublishOutcome,
  PublishRequest,
  RefreshOutcome,
  SpendingCall,
  WallPost,
} from '../network.js';
import type { DocumentUpload, PhotoUpload, Poll, PreparedPoll, VideoUpload } from '../media.js';
import type { CountedPost, PageDay, PageWeek, PostAsked, PostNumbers, PostOnPage } from '../numbers.js';
import { textLength } from '../post-content.js';
import { VkClient, type VkClientSettings } from './vk.client.js';
import { VkCredentials } from './vk.credentials.js';
import { VkDocuments } from './vk.documents.js';
import { VK_TITLE } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { VkPages } from './vk.page.js';
import { VkNumbers, VK_ASKED_AT_ONCE } from './vk.numbers.js';
import { VkPhotos } from './vk.photos.js';
import { VkPolls } from './vk.polls.js';
import { VkPosts, vkPostIdOf, vkPostUrl } from './vk.posts.js';
import { VkRefresh } from './vk.refresh.js';
import { VK_CREDENTIAL_KINDS, vkCostOf, vkRefreshedBy } from './vk.tokens.js';
import { VkUploadFlow } from './vk.upload-flow.js';
import { VkVideos } from './vk.videos.js';
import { VkWall } from './vk.wall.js';

/** VKontakte: our words on one side, its methods on the other. */
export class VkNetwork implements Network {
  readonly name = 'vk';
  readonly title = VK_TITLE;
  readonly limits = VK_LIMITS;
  readonly credentialKinds = VK_CREDENTIAL_KINDS;
  readonly keepsUploads = ['photo', 'video', 'document', 'poll'] as const;
  readonly tellsEmail = true;
  readonly askedAtOnce = VK_ASKED_AT_ONCE;

  private readonly posts: VkPosts;
  private readonly photos: VkPhotos;
  private readonly videos: VkVideos;
  private readonly documents: VkDocuments;
  private readonly polls: VkPolls;
  private readonly wall: VkWall;
  private readonly pages: VkPages;
  private readonly counting: VkNumbers;
  private readonly secrets: VkCredentials;
  private readonly renewal: VkRefresh;

  constructor(settings: VkClientSettings, outbound: Outbound, clock: Clock) {
    const client = new VkClient(settings, outbound);
    this.posts = new VkPosts(client, clock);
    const flow = new VkUploadFlow(client, clock);
    this.photos = new VkPhotos(flow);
    this.videos = new VkVideos(flow);
    this.documents = new VkDocuments(flow);
    this.polls = new VkPolls(flow);
    this.wall = new VkWall(client, clock);
    this.pages = new VkPages(client, clock);
    this.counting = new VkNumbers(client, clock);
    this.secrets = new VkCredentials(client, clock);
    this.renewal = new VkRefresh(settings.idUrl, outbound, clock);
  }

  countText(text: string): number {
    return textLength(text);
  }

  postUrl(page: PageRef, externalId: string): string {
    return vkPostUrl(page.externalId, externalId);
  }

  postIdOf(page: PageRef, url: string): string | undefined {
    return vkPostIdOf(page.externalId, url);
  }

  costOf(call: SpendingCall, credentials: Credentials): CallCost | undefined {
    return vkCostOf(call, credentials);
  }

  checkCredentials(page: PageRef, credentials: Credentials): Promise<CallOutcome<CredentialCheck>> {
    return this.secrets.check(page, credentials);
  }

  refreshedBy(credentials: Credentials): string | undefined {
    return vkRefreshedBy(credentials);
  }

  refreshCredentials(credentials: Credentials, sendBefore: Date): Promise<RefreshOutcome> {
    return this.renewal.refresh(credentials, sendBefore);
  }

  describePage(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageDescription>> {
    return this.pages.describe(page, credentials);
  }

  uploadPhoto(page: PageRef, credentials: Credentials, photo: PhotoUpload): Promise<CallOutcome<string>> {
    return this.photos.upload(page, credentials, photo);
  }

  uploadVideo(page: PageRef, credentials: Credentials, video: VideoUpload): Promise<CallOutcome<string>> {
    return this.videos.upload(page, credentials, video);
  }

  uploadDocument(page: PageRef, credentials: Credentials, document: DocumentUpload): Promise<CallOutcome<string>> {
    return this.documents.upload(page, credentials, document);
  }

  preparePoll(page: PageRef, credentials: Credentials, poll: Poll): Promise<CallOutcome<PreparedPoll>> {
    return this.polls.prepare(page, credentials, poll);
  }

  publish(request: PublishRequest): Promise<PublishOutcome> {
    return this.posts.publish(request);
  }

  edit(request: EditRequest): Promise<EditOutcome> {
    return this.posts.edit(request);
  }

  find(request: FindRequest): Promise<FindOutcome> {
    return this.wall.find(request);
  }

  readPost(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>> {
    return this.wall.readOne(page, credentials, externalId);
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

  readWeeks(page: PageRef, credentials: Credentials, from: Date): Promise<CallOutcome<PageWeek[]>> {
    return this.counting.weeks(page, credentials, from);
  }

  delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    return this.wall.delete(page, credentials, externalId);
  }
}
