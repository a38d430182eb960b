import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of one process in Prometheus' text format. Labels never name a tenant. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpSeconds = new Histogram({
    name: 'vestnik_http_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  readonly publicationLateness = new Histogram({
    name: 'vestnik_publication_lateness_seconds',
    help: 'Time from the planned instant to the network’s confirmation',
    labelNames: ['network'],
    buckets: [1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600],
    registers: [this.registry],
  });

  readonly publicationOutcomes = new Counter({
    name: 'vestnik_publication_outcomes_total',
    help: 'Outcomes of attempts, by network and kind',
    labelNames: ['network', 'outcome'],
    registers: [this.registry],
  });

  readonly overduePublications = new Gauge({
    name: 'vestnik_publications_overdue',
    help: 'Publications that are due for more than a minute and not taken by a worker',
    registers: [this.registry],
  });

  readonly credentialChecks = new Counter({
    name: 'vestnik_credential_checks_total',
    help: 'Checks of stored credentials: good, broken, or inconclusive when the network said nothing about them',
    labelNames: ['network', 'outcome'],
    registers: [this.registry],
  });

  readonly credentialRefreshes = new Counter({
    name: 'vestnik_credential_refreshes_total',
    help: 'Renewals of credentials, by network and outcome',
    labelNames: ['network', 'outcome'],
    registers: [this.registry],
  });

  readonly oldestOverdueSeconds = new Gauge({
    name: 'vestnik_publications_oldest_overdue_seconds',
    help: 'For how long the oldest overdue publication has been due',
    registers: [this.registry],
  });

  readonly publishingAlarms = new Gauge({
    name: 'vestnik_publishing_alarms',
    help: 'Contractors whose due work is not picked up, by cause; clockJump is 1 at least while the clock is in doubt',
    labelNames: ['cause'],
    registers: [this.registry],
  });

  readonly jobSeconds = new Histogram({
    name: 'vestnik_job_seconds',
    help: 'How long jobs took, by name and outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'vestnik_' });
  }
}
