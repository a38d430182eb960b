import type { Clock } from '../../platform/clock/clock.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type {
  CallCost,
  CallOutcome,
  CredentialCheck,
  Credentials,
  FindRequest,
  FindResult,
  Network,
  PageDescription,
  PageRef,
  PhotoUpload,
  PublishOutcome,
  PublishRequest,
  RefreshOutcome,
  SpendingCall,
  WallPost,
} from '../network.js';
import { textLength } from '../post-content.js';
import { OkClient, type OkClientSettings } from './ok.client.js';
import { OkCredentials } from './ok.credentials.js';
import { OK_TITLE } from './ok.errors.js';
import { OkGroups } from './ok.groups.js';
import { OkPhotos } from './ok.photos.js';
import { OK_LIMITS, OkPosts, okTopicIdOf, okTopicUrl } from './ok.posts.js';
import { OkRefresh } from './ok.refresh.js';
import { OK_CREDENTIAL_KINDS, okRefreshedBy } from './ok.session.js';
import { OkTopics } from './ok.topics.js';

/** Odnoklassniki: our words on one side, its methods on the other. */
export class OkNetwork implements Network {
  readonly name = 'ok';
  readonly title = OK_TITLE;
  readonly limits = OK_LIMITS;
  readonly credentialKinds = OK_CREDENTIAL_KINDS;

  private readonly posts: OkPosts;
  private readonly photos: OkPhotos;
  private readonly topics: OkTopics;
  private readonly groups: OkGroups;
  private readonly secrets: OkCredentials;
  private readonly renewal: OkRefresh;

  constructor(settings: OkClientSettings, outbound: Outbound, clock: Clock) {
    const client = new OkClient(settings, outbound);
    this.posts = new OkPosts(client, clock);
    this.photos = new OkPhotos(client, clock);
    this.topics = new OkTopics(client, clock);
    this.groups = new OkGroups(client, clock);
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
    // A check asks whose token it is, for the permissions and for the role.
    const requests = call === 'checkCredentials' ? 5 : 1;
    return credentials['accessToken'] ? { credential: 'accessToken', requests } : undefined;
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

  publish(request: PublishRequest): Promise<PublishOutcome> {
    return this.posts.publish(request);
  }

  find(request: FindRequest): Promise<CallOutcome<FindResult>> {
    return this.topics.find(request);
  }

  readPost(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>> {
    return this.topics.read(page, credentials, externalId);
  }

  delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    return this.topics.delete(page, credentials, externalId);
  }
}
