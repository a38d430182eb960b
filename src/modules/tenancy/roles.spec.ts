import { describe, expect, it } from '@jest/globals';
import { AGENCY_ROLES, CLIENT_ROLES, ROLES, sideOf } from './roles.js';

describe('a role', () => {
  it('is of the agency or of the client, and of no third', () => {
    expect(AGENCY_ROLES.map(sideOf)).toEqual(AGENCY_ROLES.map(() => 'agency'));
    expect(CLIENT_ROLES.map(sideOf)).toEqual(['client', 'client']);
    expect(ROLES).toEqual([...AGENCY_ROLES, ...CLIENT_ROLES]);
    expect(ROLES).toHaveLength(8);
  });
});
