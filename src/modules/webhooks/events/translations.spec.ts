import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from './event-types.js';
import { written } from './public-event.js';
import { SOURCES, translate } from './translations.js';

const IDS = { contractorId: 'a', clientId: 'b' };

describe('what is told outside', () => {
  it.each([
    ['publication.moved', { publicationId: 'p', state: 'published' }, 'publication.published', 'publicationId:p'],
    ['contract.moved', { contractId: 'c', status: 'signed' }, 'contract.statusChanged', 'contractId:c'],
    ['contract.stageMoved', { contractId: 'c', stageId: 's', state: 'open' }, 'stage.stateChanged', 'contractId:c'],
    ['acceptance.moved', { contractId: 'c', acceptanceId: 'x', state: 'paid' }, 'acceptance.stateChanged', 'contractId:c'],
    ['report.frozen', { contractId: 'c', reportId: 'r', version: 2 }, 'report.frozen', 'contractId:c'],
    ['post.approved', { postId: 'p', postVersion: 3 }, 'post.approved', 'postId:p'],
    [
      ...([
        'deadline.moved',
        { deadlineId: 'd', kind: 'payment', from: '2026-12-01', to: '2026-12-02', provisional: false },
      ] as const),
      ...(['deadline.moved', 'deadlineId:d'] as const),
    ],
    ['page.stopped', { pageId: 'g', status: 'broken', code: 'token-revoked' }, 'page.stopped', 'pageId:g'],
  ])('%s becomes a public event of its subject', (name, payload, type, subject) => {
    expect(translate(name, { ...IDS, ...payload })).toEqual({ type, subject, data: { ...IDS, ...payload } });
  });

  it('tells what concerns no client without one', () => {
    const told = { type: 'export.ready', subject: 'exportJobId:e', data: { contractorId: 'a', exportJobId: 'e' } };
    expect(translate('export.ready', { contractorId: 'a', exportJobId: 'e' })).toEqual(told);
  });

  it.each(['claimed', 'sending'])('does not tell that a publication is %s', (state) => {
    expect(translate('publication.moved', { ...IDS, publicationId: 'p', state })).toBeUndefined();
  });

  it('does not tell what the catalogue does not name, though a fact holds it', () => {
    const told = translate('contract.amended', { ...IDS, contractId: 'c', text: 'тайна' });
    expect(JSON.stringify(told)).not.toContain('тайна');
  });

  it('has a public type for every fact that it listens to', () => {
    const ids = { publicationId: 'p', contractId: 'c', pageId: 'g', outsidePostId: 'o', deadlineId: 'd', calendarId: 'k' };
    const payload = { ...IDS, ...ids, state: 'published' };
    expect(SOURCES.filter(({ name }) => !translate(name, payload)).map(({ name }) => name)).toEqual([]);
  });

  it('names every type once', () => {
    expect(new Set(EVENT_TYPES.map(({ type }) => type)).size).toBe(EVENT_TYPES.length);
  });

  it('is written with the instant at which it happened', () => {
    const event = { type: 'webhook.test', subject: 'endpointId:e', data: { contractorId: 'a', endpointId: 'e' } };
    const { body, clientId } = written(event, { id: 'i', occurredAt: new Date('2026-11-24T09:00:00Z') });
    expect(clientId).toBeNull();
    expect(body).toBe(
      '{"type":"webhook.test","timestamp":"2026-11-24T09:00:00.000Z","data":{"contractorId":"a","endpointId":"e"}}',
    );
  });
});
