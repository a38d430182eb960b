import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { IdentityModule } from '../../identity/identity.module.js';
import { ExportStore } from '../export.store.js';
import { ExportEndings } from './endings.service.js';
import { ExportFilesController } from './export-files.controller.js';
import { ExportFileParts, ExportFiles, ExportLinks } from './export-files.service.js';
import { ExportJobStore } from './export-job.store.js';
import { ExportJobsController } from './export-jobs.controller.js';
import { EXPORT_DEFINITIONS } from './export-jobs.jobs.js';
import { ExportOrders } from './export-orders.service.js';
import { ExportPartStore } from './export-part.store.js';
import { ExportRows } from './export-rows.service.js';
import { ExportsTimer } from './exports.timer.js';
import { ExportJoining } from './joining.service.js';
import { Orderers } from './orderers.service.js';
import { ExportReading } from './reading.service.js';
import { RunExportJob } from './run-export.job.js';
import { ExportSteps, ExportTurns } from './turns.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [ExportJobsController, ExportFilesController],
  providers: [ExportJobStore, ExportOrders, ExportFiles, ExportFileParts, ExportLinks, Orderers],
})
export class ExportJobsApi {}

@Module({
  imports: [AuditModule, IdentityModule],
  providers: [
    ...[ExportJobStore, ExportPartStore, ExportRows, ExportStore],
    ...[Orderers, ExportReading, ExportJoining, ExportSteps, ExportEndings, ExportTurns, RunExportJob, ExportsTimer],
  ],
})
export class ExportJobsWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = EXPORT_DEFINITIONS;
}
