import { describe, expect, it } from '@jest/globals';
import { HANDOVER_CODES, HANDOVER_KINDS, type HandoverCode, type HandoverItem, handoverOf, standing } from './handover.js';

const item = (code: HandoverCode, changes: Partial<HandoverItem> = {}): HandoverItem => ({
  ...{ id: 'i', clientId: 'c', contractId: 'k', pageId: HANDOVER_KINDS[code].of === 'page' ? 'p' : null, code, state: 'open' },
  ...{ note: null, settledBy: null, settledAt: null, version: 1, ...changes },
});
const CONNECTED = { goesOn: false, isConnected: true, planned: 2 };

describe('what is handed over', () => {
  it('has a line for each page, and some for the contract as a whole', () => {
    const lines = handoverOf(['a', 'b']);
    const ofPages = HANDOVER_CODES.filter((code) => HANDOVER_KINDS[code].of === 'page').length;
    expect(lines).toHaveLength(2 * ofPages + HANDOVER_CODES.length - ofPages);
    expect(lines.filter(({ code }) => code === 'access')).toEqual([
      { code: 'access', pageId: 'a' },
      { code: 'access', pageId: 'b' },
    ]);
    expect(lines.filter(({ code }) => code === 'transferAct')).toEqual([{ code: 'transferAct', pageId: null }]);
    expect(handoverOf([]).every(({ pageId }) => pageId === null)).toBe(true);
  });

  it.each<[HandoverCode, object, string]>([
    ['access', {}, 'open'],
    ['access', { isConnected: false }, 'done'],
    ['plannedPosts', {}, 'open'],
    ['plannedPosts', { planned: 0 }, 'done'],
    ['plannedPosts', { isConnected: false }, 'open'],
    ['access', { planned: 0 }, 'open'],
    ['pageOwner', { isConnected: false, planned: 0 }, 'open'],
    ['pageOwner', { goesOn: true }, 'notNeeded'],
    ['access', { goesOn: true, isConnected: false }, 'notNeeded'],
  ])('%s with %j is %s', (code, facts, state) => {
    expect(standing(item(code), { ...CONNECTED, ...facts }).state).toBe(state);
  });

  it('keeps what a person said, also of what the machine sees otherwise', () => {
    expect(standing(item('access', { state: 'waived', note: 'доступ нужен для гарантии' }), CONNECTED).state).toBe('waived');
    expect(standing(item('transferAct', { state: 'done' }), undefined).state).toBe('done');
    expect(standing(item('transferAct'), undefined).state).toBe('open');
  });
});
