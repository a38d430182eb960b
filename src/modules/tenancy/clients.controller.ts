import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ClientsService } from './clients.service.js';
import { ChangeClientRequest, ClientPage, ClientRequest, ClientResponse } from './tenancy.dto.js';
import { ClientNotFound, ClientScopeTooNarrow } from './tenancy.errors.js';
import './tenancy.permissions.js';

@Controller('v1/clients')
export class ClientsController {
  constructor(private readonly clients: ClientsService) {}

  /** List the clients that the caller sees, newest first. */
  @Get()
  @Requires('clients.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<ClientPage> {
    return mapPage(await this.clients.list(who, query), ClientResponse.of);
  }

  /** Create a client: a public body whose pages the contractor runs. */
  @Post()
  @Requires('clients.write')
  @Idempotent()
  @Versioned()
  @Fails(ClientScopeTooNarrow, ClientNotFound)
  async create(@Who() who: Principal, @Body() body: ClientRequest): Promise<ClientResponse> {
    return ClientResponse.of(await this.clients.create(who, ClientRequest.details(body)));
  }

  /** Read one client. */
  @Get(':clientId')
  @Requires('clients.read')
  @Versioned()
  @Fails(ClientNotFound)
  async get(@Who() who: Principal, @Id('clientId') clientId: string): Promise<ClientResponse> {
    return ClientResponse.of(await this.clients.get(who, clientId));
  }

  /** Change a client's requisites, contacts or zone. */
  @Patch(':clientId')
  @Requires('clients.write')
  @Editable()
  @Fails(ClientNotFound)
  async change(
    @Who() who: Principal,
    @Id('clientId') clientId: string,
    @Body() body: ChangeClientRequest,
    @IfMatch() version: number | undefined,
  ): Promise<ClientResponse> {
    return ClientResponse.of(await this.clients.change(who, clientId, body, version));
  }
}
