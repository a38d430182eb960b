import { describe, expect, it } from '@jest/globals';
import { credentialProblems } from './given-credentials.js';

const KINDS = [
  { name: 'communityToken', required: true, description: 'ключ доступа сообщества' },
  { name: 'userToken', required: false, description: 'ключ доступа редактора' },
];

describe('given credentials', () => {
  it.each([
    ['all that is needed', { communityToken: 'a' }, {}, []],
    ['only the optional one when the needed one is stored', { userToken: 'u' }, { communityToken: 'a' }, []],
    ['nothing when all is stored', {}, { communityToken: 'a' }, []],
    ['nothing', {}, {}, ['credentials.communityToken']],
    ['an empty one over a stored one', { communityToken: '' }, { communityToken: 'a' }, ['credentials.communityToken']],
    ['spaces', { communityToken: '  ' }, {}, ['credentials.communityToken']],
    ['an unknown one', { communityToken: 'a', password: 'p' }, {}, ['credentials.password']],
    ['a number', { communityToken: 1 as unknown as string }, {}, ['credentials.communityToken']],
    ['an endless one', { communityToken: 'a'.repeat(5_000) }, {}, ['credentials.communityToken']],
  ])('%s', (_, given, stored, fields) => {
    expect(credentialProblems(KINDS, given, stored).map((problem) => problem.field)).toEqual(fields);
  });
});
