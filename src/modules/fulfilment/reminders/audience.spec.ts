import { describe, expect, it } from '@jest/globals';
import { ROLES, type Role, sideOf } from '../../tenancy/roles.js';
import { DEADLINE_KINDS, WAITING_FOR } from '../deadlines/deadline.js';
import { audienceOf } from './audience.js';

const told = (kind: (typeof DEADLINE_KINDS)[number], waitingFor: (typeof WAITING_FOR)[number], which: 'before' | 'overdue') =>
  ROLES.filter((role) => audienceOf({ kind, waitingFor }, role)[which]);

describe('who is told', () => {
  it.each<[(typeof DEADLINE_KINDS)[number], (typeof WAITING_FOR)[number], Role[]]>([
    ['reportDue', 'contractor', ['manager', 'editor']],
    ['submission', 'contractor', ['manager', 'accountant']],
    ['acceptance', 'client', ['manager', 'pressOfficer']],
    ['payment', 'client', ['manager', 'accountant', 'pressOfficer']],
    ['contractEnd', 'nobody', ['owner', 'manager', 'accountant']],
    ['credentialExpiry', 'contractor', ['manager']],
  ])('of %s, for which the %s is waited: %j', (kind, waitingFor, roles) => {
    expect(told(kind, waitingFor, 'before')).toEqual(roles);
  });

  it('of what was missed: owners and managers as well', () => {
    for (const kind of DEADLINE_KINDS)
      expect(told(kind, 'contractor', 'overdue')).toEqual(expect.arrayContaining(['owner', 'manager']));
  });

  it('of people of a client: nobody, unless it waits for the client; and those who only look on, never', () => {
    for (const kind of DEADLINE_KINDS) {
      const whole = WAITING_FOR.map((whom) => [whom, told(kind, whom, 'overdue')] as const);
      for (const [whom, roles] of whole) {
        if (whom !== 'client') expect(roles.filter((role) => sideOf(role) === 'client')).toEqual([]);
        expect(roles.filter((role) => role === 'viewer' || role === 'clientViewer')).toEqual([]);
      }
    }
  });
});
