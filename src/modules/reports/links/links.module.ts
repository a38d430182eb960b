import { Module } from '@nestjs/common';
import { RenderingsModule } from '../renderings/renderings.module.js';
import { ReportsModule } from '../reports.module.js';
import { ReportLinkEntity } from './link.entity.js';
import { ReportLinkStore } from './link.store.js';
import { ReportLinksController } from './links.controller.js';
import { LinkAddresses, ReportLinks } from './links.service.js';
import { PageLimits } from './page-limits.service.js';

@Module({
  imports: [ReportsModule, RenderingsModule],
  providers: [ReportLinkStore, LinkAddresses, ReportLinks],
  exports: [ReportLinks],
})
export class LinksModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ReportLinkEntity];
}

@Module({ imports: [LinksModule], controllers: [ReportLinksController], providers: [PageLimits] })
export class LinksApi {}
