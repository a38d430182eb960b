import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { Tx } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { PageNotFound } from '../pages/pages.errors.js';
import {
  outsidePostAttributed,
  postScheduled,
  outsidePostSeen,
  publicationDrifted,
  publicationEdited,
  publicationMoved,
  publishingAlarmEnded,
  publishingAlarmRaised,
} from './publishing.events.js';
import { PublicationRecords, SchedulingParts } from './publishing-parts.service.js';
import { refusal, WHO } from './publishing.spec-support.js';

const WORKER = worker('agency');
const OF = { contractorId: 'agency', clientId: 'client' };
const OF_PUBLICATION = { ...OF, publicationId: 'publication' };

/** Runs in a transaction, and tells what was asked in it. */
async function told(run: (records: PublicationRecords, tx: Tx) => Promise<unknown>, found: unknown = 'it'): Promise<Recorder> {
  const recorder = new Recorder();
  const publications = recorder.port<never>('publications', { find: found });
  const records = new PublicationRecords(publications, recorder.port('audit'), recorder.port('outbox'));
  await recorder.work.forTenant(WHO.scope, (tx) => run(records, tx));
  return recorder;
}
const line = (action: string, details: object) => [
  { action: `publication.${action}`, objectType: 'publication', objectId: 'publication', clientId: 'client', details },
];

describe('what goes along with a change', () => {
  const publication = { id: 'publication', clientId: 'client' };

  it('is the line of the audit alone, for what nobody else cares about', async () => {
    const all = await told((records, tx) =>
      records.record(tx, WHO, { ...publication, state: 'editRequested' }, { editId: 'edit' }),
    );
    expect(all.names).toEqual(['begin', 'audit.record', 'commit']);
    expect(all.of('audit.record')).toEqual([[WHO, ...line('editRequested', { editId: 'edit' })]]);
  });

  it('is a fact about another thing as it is', async () => {
    const fact = { action: 'quietPeriod.ended', objectType: 'quietPeriod', objectId: 'period' };
    expect((await told((records, tx) => records.audited(tx, WHO, fact))).of('audit.record')).toEqual([[WHO, fact]]);
  });

  it('is told to the modules above when a publication moves', async () => {
    const all = await told((records, tx) => records.moved(tx, WORKER, { ...publication, state: 'held' }, { code: 'absent' }));
    expect(all.of('audit.record')).toEqual([[WORKER, ...line('held', { code: 'absent' })]]);
    expect(all.of('outbox.publish')).toEqual([[publicationMoved, { ...OF_PUBLICATION, state: 'held' }]]);
    expect(all.names.at(-1)).toBe('commit');
  });

  it('is told when a post on a page differs from what was published', async () => {
    const all = await told((records, tx) => records.drifted(tx, WORKER, { ...publication, drift: 'edited' }));
    expect(all.of('audit.record')).toEqual([[WORKER, ...line('checked', { drift: 'edited' })]]);
    expect(all.of('outbox.publish')).toEqual([[publicationDrifted, { ...OF_PUBLICATION, drift: 'edited' }]]);
  });

  it('is told when an edit ends', async () => {
    const what = { publicationId: 'publication', clientId: 'client', editId: 'edit', state: 'refused' } as const;
    const all = await told((records, tx) => records.edited(tx, WORKER, what));
    expect(all.of('audit.record')).toEqual([[WORKER, ...line('edited', { editId: 'edit', state: 'refused' })]]);
    expect(all.of('outbox.publish')).toEqual([[publicationEdited, { ...OF_PUBLICATION, editId: 'edit', state: 'refused' }]]);
  });

  it('is told once for a post that is scheduled, on however many pages', async () => {
    const all = await told((records, tx) => records.scheduled(tx, WHO, { id: 'post', clientId: 'client' }));
    expect(all.names).toEqual(['begin', 'outbox.publish', 'commit']);
    expect(all.of('outbox.publish')).toEqual([[postScheduled, { contractorId: 'agency', clientId: 'client', postId: 'post' }]]);
  });

  it('is told when a person says who wrote a post that is none of ours', async () => {
    const all = await told((records, tx) => records.attributed(tx, WHO, { id: 'outside', clientId: 'client' }, { to: 'client' }));
    const fact = { action: 'outsidePost.attributed', objectType: 'outsidePost', objectId: 'outside', clientId: 'client' };
    expect(all.of('audit.record')).toEqual([[WHO, { ...fact, details: { to: 'client' } }]]);
    const event = { contractorId: 'agency', clientId: 'client', outsidePostId: 'outside' };
    expect(all.of('outbox.publish')).toEqual([[outsidePostAttributed, event]]);
  });

  it.each([
    ['raised', 'publishing.alarmRaised', publishingAlarmRaised],
    ['ended', 'publishing.alarmEnded', publishingAlarmEnded],
  ] as const)('is told when an alarm is %s', async (what, action, event) => {
    const alarm = { id: 'alarm', contractorId: 'agency', cause: 'noWorker' } as const;
    const all = await told((records, tx) => records.alarm(tx, WORKER, alarm, what));
    const fact = { action, objectType: 'publishingAlarm', objectId: 'alarm', details: { cause: 'noWorker' } };
    expect(all.of('audit.record')).toEqual([[WORKER, fact]]);
    expect(all.of('outbox.publish')).toEqual([[event, { contractorId: 'agency', alarmId: 'alarm', cause: 'noWorker' }]]);
  });

  it('is told when a post that we did not publish stands on a page', async () => {
    const what = { clientId: 'client', pageId: 'page', outsidePostId: 'outside', duplicate: true };
    const all = await told((records, tx) => records.seenOutside(tx, WORKER, what));
    const fact = { action: 'outsidePost.seen', objectType: 'outsidePost', objectId: 'outside', clientId: 'client' };
    expect(all.of('audit.record')).toEqual([[WORKER, { ...fact, details: { pageId: 'page', duplicate: true } }]]);
    expect(all.of('outbox.publish')).toEqual([[outsidePostSeen, { contractorId: 'agency', ...what }]]);
  });
});

describe('a publication', () => {
  it('is given to who asks for it, or refused as not there', async () => {
    const all = await told(async (records, tx) => expect(await records.require(tx, 'agency', 'publication')).toBe('it'));
    expect(all.of('publications.find')).toEqual([['agency', 'publication']]);
    const missing = () => told((records, tx) => records.require(tx, 'agency', 'publication'), null);
    expect((await refusal(missing)).code).toBe('publishing.publication-not-found');
  });
});

describe('a page that a schedule names', () => {
  const find = (answer: Promise<unknown>) => {
    const recorder = new Recorder();
    const [port, pages] = [recorder.port<never>('other'), recorder.port<never>('pages', { require: () => answer })];
    const parts = new SchedulingParts(port, pages, port, port, port);
    return recorder.work.forTenant(WHO.scope, (tx) => parts.findPage(tx, 'agency', 'page'));
  };

  it('may not be there', async () => {
    expect(await find(Promise.resolve('the page'))).toBe('the page');
    expect(await find(Promise.reject(new PageNotFound()))).toBeUndefined();
  });

  it('is not called missing because of another error', async () => {
    await expect(find(Promise.reject(new Error('connection lost')))).rejects.toThrow('connection lost');
  });
});
