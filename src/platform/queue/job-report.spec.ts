import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Worker } from 'bullmq';
import { reportJobs } from './job-report.js';
import { QueueLog, type JobOutcome } from './settings.js';

class Lines extends QueueLog {
  readonly lines: string[] = [];
  info(): void {}
  warn(facts: object, message: string): void {
    this.lines.push(`warn ${message} ${JSON.stringify(facts)}`);
  }
  error(facts: object, message: string): void {
    this.lines.push(`error ${message} ${JSON.stringify(facts)}`);
  }
}

describe('What becomes of a job', () => {
  const started = () => {
    const worker = Object.assign(new EventEmitter(), { name: 'default' });
    const log = new Lines();
    const outcomes: JobOutcome['outcome'][] = [];
    reportJobs(worker as unknown as Worker, log, ({ outcome }) => outcomes.push(outcome));
    return { worker, log, outcomes };
  };
  const job = { name: 'a.b', id: '1', data: { word: 'secret' }, attemptsMade: 1 };

  it.each([
    ['is retried', undefined, 'no', 'retried', 'warn job failed and will be tried again'],
    ['failed', 1, 'no', 'failed', 'error job given up'],
    ['killed its workers', 1, 'job stalled more than allowable limit', 'poisoned', 'error job given up: its workers died'],
  ])('that %s is counted and logged without its payload', (_, finishedOn, message, outcome, line) => {
    const { worker, log, outcomes } = started();
    worker.emit('failed', { ...job, finishedOn }, new Error(message));
    expect(outcomes).toEqual([outcome]);
    expect(log.lines[0]).toContain(line);
    expect(log.lines.join()).not.toContain('secret');
  });

  it('says the same trouble once', () => {
    const { worker, log } = started();
    for (let attempt = 0; attempt < 10; attempt += 1) worker.emit('error', new Error('connect ECONNREFUSED'));
    expect(log.lines).toHaveLength(1);
  });
});
