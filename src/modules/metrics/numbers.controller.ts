import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { PageNotFound } from '../pages/pages.errors.js';
import { PublicationNotFound } from '../publishing/publishing.errors.js';
import './metrics.permissions.js';
import {
  DaysQuery,
  PageDaysResponse,
  PageRollupPage,
  PageRollupResponse,
  PostLatestResponse,
  PostRollupPage,
  PostRollupResponse,
  PostSnapshotPage,
  PostSnapshotResponse,
  RollupsQuery,
} from './numbers.dto.js';
import { NumbersService } from './numbers.service.js';

@Controller('v1')
export class NumbersController {
  constructor(private readonly numbers: NumbersService) {}

  /** Read a post's newest numbers, why others are missing, and what is odd about them. */
  @Get('publications/:publicationId/numbers')
  @Requires('metrics.read')
  @Fails(PublicationNotFound)
  async latest(@Who() who: Principal, @Id('publicationId') publicationId: string): Promise<PostLatestResponse> {
    return PostLatestResponse.of(await this.numbers.latest(who, publicationId));
  }

  /** List everything that the network said of a post, newest first. */
  @Get('publications/:publicationId/snapshots')
  @Requires('metrics.read')
  @Fails(PublicationNotFound)
  async snapshots(
    @Who() who: Principal,
    @Id('publicationId') publicationId: string,
    @Query() query: PageQuery,
  ): Promise<PostSnapshotPage> {
    return mapPage(await this.numbers.snapshots(who, publicationId, query), PostSnapshotResponse.of);
  }

  /** List a post's numbers by hours or days of its page's zone, newest first; one in which nobody looked is not in the list. */
  @Get('publications/:publicationId/rollups')
  @Requires('metrics.read')
  @Fails(PublicationNotFound)
  async ofPost(
    @Who() who: Principal,
    @Id('publicationId') publicationId: string,
    @Query() query: RollupsQuery,
  ): Promise<PostRollupPage> {
    return mapPage(await this.numbers.ofPost(who, publicationId, query), PostRollupResponse.of);
  }

  /** List a page's numbers by hours or days of its zone, newest first; one in which nobody looked is not in the list. */
  @Get('pages/:pageId/rollups')
  @Requires('metrics.read')
  @Fails(PageNotFound)
  async ofPage(@Who() who: Principal, @Id('pageId') pageId: string, @Query() query: RollupsQuery): Promise<PageRollupPage> {
    return mapPage(await this.numbers.ofPage(who, pageId, query), PageRollupResponse.of);
  }

  /** Read a page day by day, at most a year at once: subscribers, what the network says of the day, the compliance score. */
  @Get('pages/:pageId/days')
  @Requires('metrics.read')
  @Fails(PageNotFound)
  async days(@Who() who: Principal, @Id('pageId') pageId: string, @Query() query: DaysQuery): Promise<PageDaysResponse> {
    return PageDaysResponse.of(await this.numbers.days(who, pageId, query));
  }
}
