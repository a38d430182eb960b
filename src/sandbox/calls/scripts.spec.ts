import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, callVk, MovableClock, png, signedOk, textTopic, upload, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

describe('a scripted call', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let ledgerFile: string;

  beforeEach(async () => {
    clock = new MovableClock();
    ledgerFile = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'ledger.jsonl');
    sandbox = await startSandbox({ clock, ledgerFile });
  });
  afterEach(async () => {
    await sandbox.stop();
    rmSync(dirname(ledgerFile), { recursive: true });
  });

  const post = (guid = ''): ReturnType<typeof callVk> => {
    const { groupId, communityToken } = sandbox.credentials.vk;
    return callVk(sandbox, 'wall.post', communityToken, { owner_id: -groupId, from_group: 1, message: 'Текст', guid });
  };
  const posts = (): number => sandbox.vk.posts(sandbox.credentials.vk.groupId).length;
  const topics = (): number => sandbox.ok.topics(sandbox.credentials.ok.groupId).length;
  const postTopic = (redirect: 'manual' | 'follow' = 'manual', signal?: AbortSignal): Promise<Response> => {
    const body = signedOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'Текст'));
    return fetch(`${sandbox.okUrl}/fb.do`, { method: 'POST', body, redirect, ...(signal && { signal }) });
  };

  it('is refused with the code, text and fields of the script, as often as told', async () => {
    sandbox.vk
      .next('wall.post')
      .rejects(14, { message: 'Captcha needed', fields: { captcha_sid: '1', captcha_img: 'http://x' } })
      .times(2);
    expect((await post()).error).toMatchObject({ error_code: 14, error_msg: 'Captcha needed', captcha_sid: '1' });
    expect((await post()).error).toMatchObject({ error_code: 14 });
    expect((await post()).response).toBeDefined();
    expect(posts()).toBe(1);
    sandbox.ok.next('mediatopic.post').rejects(601);
    expect(await (await postTopic()).json()).toMatchObject({ error_code: 601 });
  });

  it('meets scripts in the order in which they were written, each method on its own', async () => {
    sandbox.vk.next('wall.post').rejects(6);
    sandbox.vk.next('wall.get').rejects(10);
    sandbox.vk.next('wall.post').rejects(9);
    expect([(await post()).error?.error_code, (await post()).error?.error_code]).toEqual([6, 9]);
  });

  it('takes effect and then loses the connection', async () => {
    sandbox.ok.next('mediatopic.post').acceptsThenDrops();
    await expect(postTopic()).rejects.toThrow();
    expect(topics()).toBe(1);
  });

  it('loses the connection before any effect', async () => {
    sandbox.ok.next('mediatopic.post').dropsBeforeEffect();
    await expect(postTopic()).rejects.toThrow();
    expect(topics()).toBe(0);
  });

  it('takes effect late, by the clock or when told', async () => {
    sandbox.ok.next('mediatopic.post').acceptsLate(30_000);
    await expect(postTopic()).rejects.toThrow();
    expect(topics()).toBe(0);
    clock.advance(90_000);
    expect(sandbox.ok.topics(sandbox.credentials.ok.groupId)[0]?.createdAt.getTime()).toBe(clock.now().getTime() - 60_000);
    sandbox.ok.next('mediatopic.post').acceptsLate();
    await expect(postTopic()).rejects.toThrow();
    clock.advance(90_000);
    expect(topics()).toBe(1);
    expect(sandbox.releaseLate()).toBe(1);
    expect(topics()).toBe(2);
  });

  it('answers slowly after the effect, and never when it hangs', async () => {
    sandbox.ok.next('mediatopic.post').answersSlowly(80);
    const started = Date.now();
    await postTopic();
    expect(Date.now() - started).toBeGreaterThanOrEqual(75);
    sandbox.ok.next('mediatopic.post').acceptsThenHangs();
    const impatient = new AbortController();
    const asked = postTopic('manual', impatient.signal);
    while (topics() < 2) await new Promise((again) => setTimeout(again, 5));
    impatient.abort();
    await expect(asked).rejects.toThrow();
  });

  it('fails with a status before or after the effect', async () => {
    sandbox.ok.next('mediatopic.post').acceptsThenFails(502);
    expect((await postTopic()).status).toBe(502);
    expect(topics()).toBe(1);
    sandbox.ok.next('mediatopic.post').failsBefore(429, { 'retry-after': '1000000000' });
    expect((await postTopic()).headers.get('retry-after')).toBe('1000000000');
    expect(topics()).toBe(1);
  });

  it('answers what cannot be read although the effect happened', async () => {
    sandbox.ok.next('mediatopic.post').answersHtml();
    expect(await (await postTopic()).text()).toMatch(/^<!DOCTYPE html>/);
    sandbox.ok.next('mediatopic.post').answersTruncated();
    await expect((await postTopic()).json()).rejects.toThrow();
    sandbox.ok.next('mediatopic.post').answersEmpty();
    expect(await (await postTopic()).text()).toBe('');
    sandbox.ok.next('mediatopic.post').answersNull();
    expect(await (await postTopic()).text()).toBe('null');
    sandbox.ok.next('mediatopic.post').cutsAnswer();
    await expect(postTopic().then((response) => response.text())).rejects.toThrow();
    expect(topics()).toBe(5);
    sandbox.ok.next('mediatopic.post').answersHtml().withoutEffect();
    await postTopic();
    expect(topics()).toBe(5);
  });

  it('falsifies a success: another id, another upload address, a redirect', async () => {
    sandbox.ok.next('mediatopic.post').answersInstead('0').withoutEffect();
    expect(await (await postTopic()).json()).toBe('0');
    sandbox.vk.next('wall.post').answersInstead({ post_id: 0 });
    expect((await post()).response).toEqual({ post_id: 0 });
    sandbox.vk.next('photos.getWallUploadServer').pointsUploadTo('http://169.254.169.254/');
    const { userToken, groupId } = sandbox.credentials.vk;
    expect(await vk(sandbox, 'photos.getWallUploadServer', userToken, { group_id: groupId })).toMatchObject({
      upload_url: 'http://169.254.169.254/',
      album_id: -14,
    });
    sandbox.ok.next('mediatopic.post').redirects('http://127.0.0.1:9/', 301);
    const response = await postTopic();
    expect([response.status, response.headers.get('location')]).toEqual([301, 'http://127.0.0.1:9/']);
  });

  it('shows a true refusal rather than a falsified success', async () => {
    sandbox.vk.next('wall.post').answersInstead({ post_id: 7 });
    const { groupId, communityToken } = sandbox.credentials.vk;
    expect((await callVk(sandbox, 'wall.post', communityToken, { owner_id: -groupId })).error?.error_code).toBe(100);
  });

  it('happens twice when the network repeats it itself, guid or not', async () => {
    sandbox.vk.next('wall.post').acceptsTwice();
    await post('g-1');
    expect(posts()).toBe(2);
  });

  it('works for the upload servers under their own names', async () => {
    const { userToken, groupId } = sandbox.credentials.vk;
    sandbox.vk.next('upload.photo').answersInstead({ server: 1, photo: '[]', hash: '' });
    const { upload_url } = await vk<{ upload_url: string }>(sandbox, 'photos.getWallUploadServer', userToken, {
      group_id: groupId,
    });
    expect(await upload(upload_url, 'photo', png())).toMatchObject({ photo: '[]' });
    sandbox.ok.next('upload.photo').rejects(503);
    const place = (await callOk(sandbox, 'photosV2.getUploadUrl', { gid: sandbox.credentials.ok.groupId, count: 1 })) as {
      upload_url: string;
    };
    expect(await upload(place.upload_url, 'pic1', png())).toMatchObject({ error_code: 503 });
  });

  it('leaves its line in the ledger and on the disk, with the label of the token and not the token', async () => {
    await post();
    sandbox.vk.next('wall.post').acceptsLate(1000);
    await expect(post()).rejects.toThrow();
    sandbox.vk.next('wall.post').rejects(9);
    await post();
    clock.advance(1000);
    const summary = sandbox.ledger.entries.map(({ what, effect, answer, tokenLabel }) => [what, effect, answer, tokenLabel]);
    expect(summary).toEqual([
      ['call', 'yes', 'success', 'vk-community'],
      ['call', 'late', 'dropped', 'vk-community'],
      ['call', 'no', 'error:9', 'vk-community'],
      ['lateEffect', 'yes', 'success', 'vk-community'],
    ]);
    expect(sandbox.ledger.count({ network: 'vk', method: 'wall.post', effect: 'yes' })).toBe(2);
    const [first, second] = sandbox.ledger.entries;
    expect(first?.paramsHash).toBe(second?.paramsHash);
    expect(first?.postId).toBe(String(sandbox.vk.posts(sandbox.credentials.vk.groupId).at(-1)?.id));
    const written = readFileSync(ledgerFile, 'utf8');
    expect(written.trim().split('\n')).toHaveLength(4);
    expect(written).not.toContain(sandbox.credentials.vk.communityToken);
  });
});
