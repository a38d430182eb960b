import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ContractsOver } from '../contracts/contracts.errors.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { ChangePostRequest, PostPage, PostRequest, PostResponse, PostsQuery } from './content.dto.js';
import { MediaUnknown, PostLocked, PostNotFound } from './content.errors.js';
import './content.permissions.js';
import { PostsService } from './posts.service.js';

@Controller('v1/posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  /** List posts, newest first. */
  @Get()
  @Requires('posts.read')
  async list(@Who() who: Principal, @Query() query: PostsQuery): Promise<PostPage> {
    return mapPage(await this.posts.list(who, query, query), PostResponse.of);
  }

  /** Write a post: a text for each network, perhaps with a link or a poll, and up to ten photos, videos and documents. */
  @Post()
  @Requires('posts.write')
  @Idempotent()
  @Versioned()
  @Fails(ClientNotFound, ContractsOver, MediaUnknown)
  async create(@Who() who: Principal, @Body() body: PostRequest): Promise<PostResponse> {
    return PostResponse.of(await this.posts.create(who, body.clientId, PostRequest.draft(body)));
  }

  /** Read one post. */
  @Get(':postId')
  @Requires('posts.read')
  @Versioned()
  @Fails(PostNotFound)
  async get(@Who() who: Principal, @Id('postId') postId: string): Promise<PostResponse> {
    return PostResponse.of(await this.posts.get(who, postId));
  }

  /** Replace a post's content; a change of what the public would see voids its approvals. */
  @Put(':postId')
  @Requires('posts.write')
  @Editable()
  @Fails(PostNotFound, ContractsOver, PostLocked, MediaUnknown)
  async edit(
    @Who() who: Principal,
    @Id('postId') postId: string,
    @Body() body: ChangePostRequest,
    @IfMatch() version: number | undefined,
  ): Promise<PostResponse> {
    return PostResponse.of(await this.posts.edit(who, postId, PostRequest.draft(body), version));
  }
}
