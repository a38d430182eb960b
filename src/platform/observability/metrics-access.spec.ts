import { expect, it } from '@jest/globals';
import { MetricsAccess } from './metrics-access.js';

it.each<[string | null, boolean, string | undefined, string]>([
  ['a token of sixteen', true, 'Bearer a token of sixteen', 'open'],
  ['a token of sixteen', true, 'Bearer a token of seventeen', 'wrongToken'],
  ['a token of sixteen', true, 'a token of sixteen', 'wrongToken'],
  ['a token of sixteen', false, undefined, 'wrongToken'],
  [null, true, undefined, 'closed'],
  [null, true, 'Bearer ', 'closed'],
  [null, false, undefined, 'open'],
])('with METRICS_TOKEN %s, in production %s, %s finds the numbers %s', (token, production, authorization, verdict) => {
  expect(new MetricsAccess(token, production).verdict(authorization)).toBe(verdict);
});
