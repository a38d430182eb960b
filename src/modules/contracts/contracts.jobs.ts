import { defineTimer } from '../../platform/queue/job.js';

/** Midnights of eleven zones: soon after each of them. */
export const contractStepsTimer = defineTimer({ name: 'contracts.steps', everyMs: 20_000 });
export const stageStepsTimer = defineTimer({ name: 'contracts.stageSteps', everyMs: 20_000 });

/** Everything that this module's workers handle. */
export const CONTRACTS_DEFINITIONS = [contractStepsTimer, stageStepsTimer];
