import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { Versioned } from '../../platform/http/versioning.js';
import { ConnectionsService } from './connections.service.js';
import { ConnectionPage, ConnectionResponse, ConnectRequest, PageResponse } from './pages.dto.js';
import { ConnectionChanged, CredentialsRefused, NetworkBusy, PageNotConnected, PageNotFound } from './pages.errors.js';
import './pages.permissions.js';

@Controller('v1/pages/:pageId')
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  /** Connect or reconnect a page: the network proves the credentials, and tells the page's name and what they allow. */
  @Put('connection')
  @Requires('pages.connect')
  @Versioned()
  @Fails(PageNotFound, CredentialsRefused, NetworkBusy, ConnectionChanged)
  async connect(@Who() who: Principal, @Id('pageId') pageId: string, @Body() body: ConnectRequest): Promise<PageResponse> {
    return PageResponse.of(await this.connections.connect(who, pageId, ConnectRequest.request(body)));
  }

  /** Read the page's present connection; its secrets are never shown. */
  @Get('connection')
  @Requires('pages.read')
  @Fails(PageNotFound, PageNotConnected)
  async current(@Who() who: Principal, @Id('pageId') pageId: string): Promise<ConnectionResponse> {
    return ConnectionResponse.of(await this.connections.current(who, pageId));
  }

  /** Disconnect a page: its secrets are forgotten and nothing more is sent to it. */
  @Delete('connection')
  @Requires('pages.connect')
  @HttpCode(204)
  @Fails(PageNotFound, PageNotConnected, ConnectionChanged)
  async disconnect(@Who() who: Principal, @Id('pageId') pageId: string): Promise<void> {
    await this.connections.disconnect(who, pageId);
  }

  /** List the page's connections, newest first. */
  @Get('connections')
  @Requires('pages.read')
  @Fails(PageNotFound)
  async history(@Who() who: Principal, @Id('pageId') pageId: string, @Query() query: PageQuery): Promise<ConnectionPage> {
    return mapPage(await this.connections.history(who, pageId, query), ConnectionResponse.of);
  }
}
