import { Injectable } from '@nestjs/common';
import { ExportJobStore } from './export-job.store.js';
import { ExportPartStore } from './export-part.store.js';

/** The rows of background exports. */
@Injectable()
export class ExportRows {
  constructor(
    readonly jobs: ExportJobStore,
    readonly parts: ExportPartStore,
  ) {}
}
