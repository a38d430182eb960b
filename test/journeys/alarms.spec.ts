import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { confirmClock } from '../../src/platform/database/confirm-clock.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { dispatchTimer, sweepTimer, watchTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { SendingService } from '../../src/modules/publishing/sending.service.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { BEAT } from '../../src/platform/queue/heartbeat.js';
import type { TimerDefinition } from '../../src/platform/queue/job.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';

describeOnEachQueue('due work that nobody takes', ({ queueUrl }) => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start({ queueUrl });
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
    await harness.drain();
    await run(BEAT, watchTimer);
  });
  afterEach(async () => {
    await confirmClock(harness.database.systemUrl);
    await harness.forgetTenants();
  });

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  async function run(...timers: TimerDefinition[]): Promise<void> {
    for (const timer of timers) await harness.app.get(Timers).runOnce(timer);
  }
  async function passMinutes(minutes: number): Promise<void> {
    await harness.clock.advance({ minutes });
    await run(BEAT, watchTimer);
  }
  const readiness = async (): Promise<string> => (await harness.api.get('/readyz')).body.checks.publishing;
  const gauge = async (name: string): Promise<number> => {
    const text = await (await fetch(`${harness.baseUrl}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  };
  const told = async (): Promise<string[]> => {
    const rows = await harness.sql<{ what: string }>(
      `select name || ' ' || (payload ->> 'cause') as what from outbox where contractor_id = $1 and name like 'publishing.alarm%' order by id`,
      [agency.contractorId],
    );
    return rows.map(({ what }) => what);
  };
  const stateOf = async (post: Loose): Promise<string> => (await publicationsOf(agency, post))['vk'].state;

  async function aPostIn(minutes: number): Promise<{ post: Loose; id: string }> {
    const post = await anApprovedPost(agency);
    const [{ id }] = (await schedule(agency, post, inMinutes(minutes), [agency.vkPage])) as [Loose];
    return { post, id };
  }

  it('because no worker serves it: told once, in readiness, in numbers and as an event, and once more when it is over', async () => {
    const { post } = await aPostIn(1);
    await harness.app.get(QueueActivity).pause();
    await passMinutes(4);
    await run(watchTimer, watchTimer);
    expect(await readiness()).toContain('1 publications are due for more than a minute. noWorker: ');
    expect(await gauge('vestnik_publishing_alarms{cause="noWorker"}')).toBe(1);
    expect(await gauge('vestnik_publications_oldest_overdue_seconds')).toBeGreaterThan(170);
    expect(await told()).toEqual(['publishing.alarmRaised noWorker']);
    await harness.app.get(QueueActivity).resume();
    await run(BEAT);
    await harness.drain();
    await run(watchTimer, watchTimer);
    expect([await stateOf(post), await readiness()]).toEqual(['published', 'ok']);
    expect(await told()).toEqual(['publishing.alarmRaised noWorker', 'publishing.alarmEnded noWorker']);
    expect(await gauge('vestnik_publishing_alarms{cause="noWorker"}')).toBe(0);
    const { data } = (await agency.owner.api.get('/v1/audit-entries?limit=5')).body;
    expect(data.map(({ action }: Loose) => action)).toContain('publishing.alarmEnded');
  });

  it('because the queue is paused', async () => {
    const { post } = await aPostIn(1);
    const lane = harness.app.get(Queues).lane('sending');
    await lane.pause();
    await passMinutes(4);
    expect([await told(), await readiness()]).toEqual([
      ...[['publishing.alarmRaised queuePaused'], expect.stringContaining('queuePaused: the queue is paused')],
    ]);
    await lane.resume();
    await harness.drain();
    await run(watchTimer);
    expect([await stateOf(post), (await told()).length]).toEqual(['published', 2]);
  });

  it('because a lost worker’s lease is not cleared', async () => {
    const { post, id } = await aPostIn(1);
    await harness.clock.advance({ minutes: 2 });
    await harness.app
      .get(UnitOfWork)
      .forTenant(wholeContractor(agency.contractorId), (tx) =>
        harness.app.get(ClaimStore).claim(tx, { contractorId: agency.contractorId, publicationId: id }, id),
      );
    expect(await stateOf(post)).toBe('claimed');
    await passMinutes(1);
    expect(await told()).toEqual([]);
    await passMinutes(2);
    expect([await told(), await readiness()]).toEqual([
      ['publishing.alarmRaised stuckLease'],
      expect.stringContaining('stuckLease'),
    ]);
    await run(sweepTimer);
    await harness.drain();
    await run(watchTimer);
    expect([await stateOf(post), (await told()).length]).toEqual(['published', 2]);
  });

  it('E-2 because the database’s clock jumped ahead: nothing is sent early, and it goes on when an operator confirms it', async () => {
    const { post, id } = await aPostIn(120);
    await run(dispatchTimer);
    await harness.clock.jumpDatabase({ hours: 2, minutes: 10 });
    await run(dispatchTimer);
    await harness.app.get(SendingService).send(agency.contractorId, id);
    expect(await stateOf(post)).toBe('scheduled');
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(0);
    expect(await readiness()).toContain('clockJump: the database’s clock jumped');
    expect(await gauge('vestnik_publishing_alarms{cause="clockJump"}')).toBe(1);
    await run(watchTimer, watchTimer);
    expect(await told()).toEqual(['publishing.alarmRaised clockJump']);
    expect(await confirmClock(harness.database.systemUrl)).toBeGreaterThan(7_700);
    expect(await confirmClock(harness.database.systemUrl)).toBeUndefined();
    await harness.drain();
    await run(watchTimer);
    expect([await stateOf(post), await readiness()]).toEqual(['published', 'ok']);
    expect((await told()).at(-1)).toBe('publishing.alarmEnded clockJump');
    await harness.clock.jumpDatabase({ hours: -2, minutes: -10 });
    await run(watchTimer);
  });

  it('E-2 because it jumped, and not any more when it has jumped back by itself', async () => {
    const { post } = await aPostIn(60);
    await harness.clock.jumpDatabase({ hours: -1 });
    await run(watchTimer);
    expect(await readiness()).toContain('clockJump');
    await harness.clock.advance({ minutes: 30 });
    await harness.clock.jumpDatabase({ hours: 1 });
    await run(dispatchTimer);
    expect([await readiness(), await stateOf(post)]).toEqual(['ok', 'scheduled']);
    await harness.clock.advance({ minutes: 31 });
    await harness.drain();
    expect(await stateOf(post)).toBe('published');
  });

  it('is no alarm while everything is picked up, however long time passes between two looks', async () => {
    const { post } = await aPostIn(60);
    await passMinutes(59);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    await run(watchTimer);
    expect([await stateOf(post), await told(), await readiness()]).toEqual(['published', [], 'ok']);
    const numbers = await (await fetch(`${harness.baseUrl}/metrics`)).text();
    expect(numbers).toMatch(/vestnik_job_seconds_count\{job="publishing.publish",outcome="completed"\} [1-9]/);
  });
});
