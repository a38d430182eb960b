import { describe, expect, it } from '@jest/globals';
import { beginFor, wholeContractor } from './scope.js';

const A = '019b76da-a800-7000-8000-000000000001';
const B = '019b76da-a800-7000-8000-000000000002';

describe('the beginning of a transaction', () => {
  it('names the contractor and all its clients for this transaction alone', () => {
    expect(beginFor(wholeContractor(A), 'read write')).toBe(
      `begin read write; set local app.contractor_id = '${A}'; set local app.client_ids = '*'`,
    );
  });

  it.each([
    ['one client', [B], B],
    ['several clients', [A, B], `${A},${B}`],
    ['no client, which is not the same as all', [], '-'],
  ])('names %s', (_, clientIds, list) => {
    expect(beginFor({ contractorId: A, clientIds }, 'read only')).toBe(
      `begin read only; set local app.contractor_id = '${A}'; set local app.client_ids = '${list}'`,
    );
  });

  it.each([
    ...[
      '',
      `${A}'`,
      ` ${A}`,
      `${A} `,
      `x${A}`,
      `${A}0`,
      A.toUpperCase().replace('7000', 'ABCD'),
      A.slice(1),
      A.replaceAll('-', ''),
    ],
    ...[`g${A.slice(1)}`, A.replace('a800', 'a80g'), A.replace('7000', '700g'), A.replace('8000', '800g'), `${A.slice(0, -1)}g`],
  ])('is refused for %j, wherever it stands', (id) => {
    expect(() => beginFor(wholeContractor(id), 'read write')).toThrow('not a UUID');
    expect(() => beginFor({ contractorId: A, clientIds: [B, id] }, 'read write')).toThrow('not a UUID');
  });
});
