import { Module } from '@nestjs/common';
import { ContentModule } from '../../content/content.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { ReportsModule } from '../reports.module.js';
import { ReportLogos } from './logos.service.js';
import { ReportTemplatesController } from './templates.controller.js';
import { ReportTemplatesService } from './templates.service.js';

@Module({
  imports: [ReportsModule, TenancyModule, ContentModule],
  controllers: [ReportTemplatesController],
  providers: [ReportTemplatesService, ReportLogos],
})
export class ReportTemplatesApi {}
