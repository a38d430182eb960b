import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { ExportEndings } from './endings.service.js';
import { type ExportJob, type ExportJobKey, MOST_FAILURES } from './export-job.js';
import { ExportRows } from './export-rows.service.js';
import { ExportJoining, ExportLost } from './joining.service.js';
import { Orderers } from './orderers.service.js';
import { ExportReading } from './reading.service.js';

/** After so long of reading another contractor's job comes first. */
const TURN_MS = 20_000;

/** What a turn needs to bring a job forward. */
@Injectable()
export class ExportSteps {
  constructor(
    readonly orderers: Orderers,
    readonly reading: ExportReading,
    readonly joining: ExportJoining,
  ) {}
}

/** A worker's turn with a job: reads on where it was left, and writes the file when all is read. */
@Injectable()
export class ExportTurns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExportRows,
    private readonly steps: ExportSteps,
    private readonly endings: ExportEndings,
  ) {}

  async run(key: ExportJobKey, signal: AbortSignal): Promise<void> {
    const job = await this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.rows.jobs.claim(tx, key));
    if (!job) return;
    // Its workers have died over it again and again.
    if (job.failures >= MOST_FAILURES) return this.endings.fail(job, 'gaveUp');
    try {
      await this.advance(job, signal);
    } catch (error) {
      if (error instanceof ExportLost) return;
      // Also when the time is over: what takes longer than a try may last would begin again for ever.
      await this.endings.tryLater(job);
      if (!signal.aborted) throw error;
    }
  }

  private async advance(job: ExportJob, signal: AbortSignal): Promise<void> {
    const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
    for (let parts = 0; !turn.aborted; parts += 1) {
      // At each part: who was dismissed, or whose key was revoked, reads no row more.
      const scope = await this.steps.orderers.scopeOf(job);
      if (!scope) return this.endings.fail(job, 'accessLost');
      if (parts === 0) await this.steps.reading.estimate(job, scope);
      const step = await this.steps.reading.readPart(job, scope);
      if (step === 'lost') return;
      if (step === 'complete') return this.endings.ready(job, await this.steps.joining.join(job, signal));
    }
    await this.endings.handBack(job);
  }
}
