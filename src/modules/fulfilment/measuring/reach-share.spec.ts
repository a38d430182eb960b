import { describe, expect, it } from '@jest/globals';
import { AFTER, line, share } from './line.spec-support.js';
import { reachShare } from './reach-share.js';

const reach = line({ kind: 'reachShare', count: null, percent: 30 });

describe('the share of followers who were reached', () => {
  it('is that of all pages together', () => {
    const result = reachShare.judge(reach, { reach: [share('vk', 100, 1_000), share('ok', 500, 1_000)] }, AFTER);
    expect(result).toMatchObject({ state: 'done', done: 1, measured: 30, counted: [{ id: 'ok' }, { id: 'vk' }] });
  });

  it('may be more than all of them', () => {
    expect(reachShare.judge(reach, { reach: [share('vk', 1_500, 1_000)] }, AFTER)).toMatchObject({ done: 1, measured: 150 });
  });

  it('is not zero as long as nobody has measured', () => {
    expect(reachShare.judge(reach, {}, AFTER)).toMatchObject({ state: 'noSource', done: null, measured: null });
  });
});
