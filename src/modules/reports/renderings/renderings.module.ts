import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports.module.js';
import { renderReportJob } from '../reports.jobs.js';
import { RenderReportJob } from './render.job.js';
import { RenderingService } from './rendering.service.js';
import { ReportFilesController } from './report-files.controller.js';
import { ReportFiles } from './report-files.service.js';
import { Typesetter } from './typesetter.service.js';

@Module({ imports: [ReportsModule], providers: [ReportFiles], exports: [ReportFiles] })
export class RenderingsModule {}

@Module({ imports: [RenderingsModule], controllers: [ReportFilesController] })
export class RenderingsApi {}

@Module({ imports: [ReportsModule], providers: [RenderingService, Typesetter, RenderReportJob] })
export class RenderingsWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = [renderReportJob];
}
