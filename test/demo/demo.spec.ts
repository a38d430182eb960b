import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Program } from '../harness/program.js';

describe('npm run demo', () => {
  let demo: Program;

  beforeEach(() => {
    demo = new Program('main.demo.js');
  });
  afterEach(() => demo.remove());

  // `--once` is the same without staying up; CI runs it alone.
  it('plays the whole story, shows both permalinks, stays up, and leaves nothing behind at Ctrl-C', async () => {
    demo.start();
    await demo.says('press@priozerny.example');
    expect(demo.text).toMatch(/https:\/\/vk\.com\/wall-\d+_\d+/);
    expect(demo.text).toMatch(/https:\/\/ok\.ru\/group\/\d+\/topic\/\d+/);
    expect(demo.text).toMatch(/All of it worked, in \d+ s\./);
    expect(demo.text).not.toContain('✗');
    expect(demo.text).not.toMatch(/\u001b/);
    const docs = /API docs +(\S+)/.exec(demo.text)?.[1];
    expect((await fetch(docs!)).status).toBe(200);
    demo.kill('SIGINT');
    expect(await demo.ends()).toBe(0);
    expect(demo.leftFiles()).toEqual([]);
    expect(demo.leftProcesses()).toEqual([]);
  });

  it.each([
    ['while PostgreSQL starts', 'Starting PostgreSQL'],
    ['in the middle of the story', 'A post and its approvals'],
    ['while a post waits for its time', 's to go'],
  ])('stops at Ctrl-C %s, and leaves neither a process nor a file', async (_when, words) => {
    demo.start();
    await demo.says(words);
    demo.kill('SIGINT');
    expect(await demo.ends()).toBe(130);
    expect(demo.text).toContain('Stopping');
    expect(demo.text).not.toMatch(/✗|Error/);
    expect(demo.leftFiles()).toEqual([]);
    expect(demo.leftProcesses()).toEqual([]);
  });

  it('says what it does not understand', async () => {
    expect(await demo.start('--twice').ends()).toBe(1);
    expect(demo.text).toBe('Unknown: --twice. The demo takes --once, or nothing\n');
  });
});
