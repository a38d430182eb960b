import { PageEntity } from './page.entity.js';
import { ConnectionEntity, CredentialEntity } from './connection.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { CheckConnectionJob, CheckConnectionsTimer } from './check-connection.job.js';
import { CheckTools, ConnectionChecksService } from './connection-checks.service.js';
import { ConnectionHealthStore } from './connection-health.store.js';
import { ConnectionProofs } from './connection-proof.service.js';
import { ConnectionStore } from './connection.store.js';
import { ConnectionWatch } from './connection-watch.service.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionParts, ConnectionsService } from './connections.service.js';
import { CredentialBox } from './credential-box.service.js';
import { CredentialRefreshStore } from './credential-refresh.store.js';
import { CredentialRefreshesService, RefreshTools } from './credential-refreshes.service.js';
import { ExpiryTimer } from './expiry.timer.js';
import { PageRecords } from './page-records.service.js';
import { PageReports } from './page-reports.service.js';
import { PageStore } from './page.store.js';
import { PagesController } from './pages.controller.js';
import { PAGES_EVENTS } from './pages.events.js';
import { PAGES_DEFINITIONS } from './pages.jobs.js';
import { PageParts, PagesService } from './pages.service.js';
import { RefreshCredentialsJob, RefreshCredentialsTimer } from './refresh-credentials.job.js';

/** Needs `CallTurns` of a global module: the budgets of secrets belong to a module above. */
@Module({
  imports: [AuditModule, TenancyModule],
  providers: [
    ...[PagesService, PageParts, PageRecords, PageReports, PageStore],
    ...[ConnectionsService, ConnectionParts, ConnectionProofs, ConnectionStore, CredentialBox],
    ...[ConnectionWatch, ConnectionHealthStore, CredentialRefreshStore],
  ],
  exports: [PagesService, ConnectionsService, PageRecords, ConnectionHealthStore, CredentialRefreshStore],
})
export class PagesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [PageEntity, ConnectionEntity, CredentialEntity];
}

@Module({ imports: [PagesModule], controllers: [PagesController, ConnectionsController] })
export class PagesApi {}

const JOBS = [CheckConnectionJob, CheckConnectionsTimer, RefreshCredentialsJob, RefreshCredentialsTimer, ExpiryTimer];

@Module({
  imports: [PagesModule],
  providers: [ConnectionChecksService, CheckTools, CredentialRefreshesService, RefreshTools, ...JOBS],
})
export class PagesWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = [...PAGES_DEFINITIONS, ...PAGES_EVENTS];
}
