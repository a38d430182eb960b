import { Global, Module } from '@nestjs/common';
import { Metrics } from '../platform/observability/metrics.js';
import { JobObserver, type JobOutcome } from '../platform/queue/settings.js';

/** Every job's end is counted. */
@Global()
@Module({
  providers: [
    {
      provide: JobObserver,
      inject: [Metrics],
      useFactory: (metrics: Metrics): JobObserver => ({
        ended: ({ job, outcome, seconds }: JobOutcome) => metrics.jobSeconds.observe({ job, outcome }, seconds),
      }),
    },
  ],
  exports: [JobObserver],
})
export class JobMetricsModule {}
