import { describe, expect, it } from '@jest/globals';
import { wants } from './endpoint.js';

const AT = new Date('2026-11-24T09:00:00Z');
const ALL = { eventTypes: [], allClients: true, clientIds: [], createdAt: AT };
const EVENT = { type: 'page.stopped', clientId: 'c', occurredAt: AT };

describe('what an endpoint hears', () => {
  it.each([
    ['everything', {}, {}, true],
    ['its types', { eventTypes: ['page.stopped'] }, {}, true],
    ['no other type', { eventTypes: ['page.connected'] }, {}, false],
    ['its clients', { allClients: false, clientIds: ['c'] }, {}, true],
    ['no other client', { allClients: false, clientIds: ['d'] }, {}, false],
    ['the contractor’s affairs, when it hears all clients', {}, { clientId: null }, true],
    ['none of them otherwise', { allClients: false, clientIds: ['c'] }, { clientId: null }, false],
    ['nothing from before it was there', {}, { occurredAt: new Date(AT.getTime() - 1) }, false],
  ])('%s', (_, endpoint, event, heard) => {
    expect(wants({ ...ALL, ...endpoint }, { ...EVENT, ...event })).toBe(heard);
  });
});
