import { PageEntity } from './page.entity.js';
import { ConnectionEntity, CredentialEntity } from './connection.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { ConnectionStore } from './connection.store.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionParts, ConnectionsService } from './connections.service.js';
import { CredentialBox } from './credential-box.service.js';
import { PageStore } from './page.store.js';
import { PagesController } from './pages.controller.js';
import { PagesService } from './pages.service.js';

@Module({
  imports: [AuditModule, TenancyModule],
  providers: [PagesService, ConnectionsService, ConnectionParts, CredentialBox, PageStore, ConnectionStore],
  exports: [PagesService, ConnectionsService],
})
export class PagesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [PageEntity, ConnectionEntity, CredentialEntity];
}

@Module({ imports: [PagesModule], controllers: [PagesController, ConnectionsController] })
export class PagesApi {}
