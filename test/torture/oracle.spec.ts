import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

describe('the oracle of the torture', () => {
  it('lets clean evidence pass and finds every planted violation', () => {
    const { status, stdout } = spawnSync(process.execPath, ['torture/run.mjs', '--self-test'], { encoding: 'utf8' });
    expect(stdout).toContain('The oracle finds every planted violation.');
    expect(stdout).not.toMatch(/MISSED|skipped|FALSE ALARM/);
    expect(status).toBe(0);
  });
});
