import { Injectable } from '@nestjs/common';
import { ReportLogoStore } from './logo.store.js';
import { RenderingStore } from './rendering.store.js';
import { ReportStore } from './report.store.js';
import { ReportVersionStore } from './report-version.store.js';
import { ReportTemplateStore } from './template.store.js';

/** The rows of reports. */
@Injectable()
export class ReportRows {
  constructor(
    readonly reports: ReportStore,
    readonly versions: ReportVersionStore,
    readonly renderings: RenderingStore,
    readonly templates: ReportTemplateStore,
    readonly logos: ReportLogoStore,
  ) {}
}
