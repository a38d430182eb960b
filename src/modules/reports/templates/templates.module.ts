import { Module } from '@nestjs/common';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { ReportsModule } from '../reports.module.js';
import { ReportTemplatesController } from './templates.controller.js';
import { ReportTemplatesService } from './templates.service.js';

@Module({
  imports: [ReportsModule, TenancyModule],
  controllers: [ReportTemplatesController],
  providers: [ReportTemplatesService],
})
export class ReportTemplatesApi {}
