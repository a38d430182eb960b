import { Injectable } from '@nestjs/common';
import { ReportStore } from './report.store.js';
import { ReportVersionStore } from './report-version.store.js';

/** The rows of reports. */
@Injectable()
export class ReportRows {
  constructor(
    readonly reports: ReportStore,
    readonly versions: ReportVersionStore,
  ) {}
}
