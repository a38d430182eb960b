import { deflateSync } from 'node:zlib';
import { Clock } from '../platform/clock/clock.js';
import { sessionSecret, signature } from './ok/ok.signature.js';
import type { Sandbox } from './sandbox.js';

export class MovableClock extends Clock {
  private current = new Date('2026-11-24T09:00:00Z').getTime();

  now(): Date {
    return new Date(this.current);
  }

  advance(ms: number): void {
    this.current += ms;
  }
}

export const SECOND = 1000;
export const HOUR = 3_600_000;

type Fields = Record<string, string | number>;

export interface VkAnswer {
  response?: unknown;
  error?: { error_code: number; error_subcode?: number; error_msg: string; request_params: { key: string; value: string }[] };
}

/** A plain client of VK, knowing nothing of the sandbox's inside. */
export async function callVk(sandbox: Sandbox, method: string, token: string, fields: Fields = {}): Promise<VkAnswer> {
  const body = new URLSearchParams(texts({ v: '5.199', access_token: token, ...fields }));
  const response = await fetch(`${sandbox.vkUrl}/method/${method}`, { method: 'POST', body });
  return (await response.json()) as VkAnswer;
}

/** The response of a call that is expected to succeed. */
export async function vk<Response>(sandbox: Sandbox, method: string, token: string, fields: Fields = {}): Promise<Response> {
  const answer = await callVk(sandbox, method, token, fields);
  if (answer.error) throw new Error(`${method}: ${answer.error.error_code} ${answer.error.error_msg}`);
  return answer.response as Response;
}

export interface VkAttachmentView {
  type: string;
  [kind: string]: unknown;
}

/** Posts as the community with these attachments, and reads back what hangs on the post. */
export async function postedAttachments(sandbox: Sandbox, token: string, attachments: string): Promise<VkAttachmentView[]> {
  const { groupId } = sandbox.credentials.vk;
  const fields = { owner_id: -groupId, from_group: 1, message: 'Смотрите', attachments };
  const { post_id } = await vk<{ post_id: number }>(sandbox, 'wall.post', token, fields);
  return attachmentsOfPost(sandbox, post_id);
}

export async function attachmentsOfPost(sandbox: Sandbox, postId: number): Promise<VkAttachmentView[]> {
  const { groupId, serviceToken } = sandbox.credentials.vk;
  const { items } = await vk<{ items: { attachments: VkAttachmentView[] }[] }>(sandbox, 'wall.getById', serviceToken, {
    posts: `-${groupId}_${postId}`,
  });
  return items[0]?.attachments ?? [];
}

export function signedOk(sandbox: Sandbox, method: string, fields: Fields = {}, token?: string): URLSearchParams {
  const { ok } = sandbox.credentials;
  const accessToken = token ?? ok.accessToken;
  const params = texts({ application_key: ok.applicationKey, format: 'json', method, ...fields });
  const sig = signature(params, sessionSecret(accessToken, ok.applicationSecret));
  return new URLSearchParams({ ...params, sig, access_token: accessToken });
}

export async function callOk(sandbox: Sandbox, method: string, fields: Fields = {}, token?: string): Promise<unknown> {
  const response = await fetch(`${sandbox.okUrl}/fb.do`, { method: 'POST', body: signedOk(sandbox, method, fields, token) });
  return response.json();
}

export function textTopic(sandbox: Sandbox, text: string, more: Record<string, unknown> = {}): Fields {
  return topic(sandbox, { media: [{ type: 'text', text }], onBehalfOfGroup: 'true', ...more });
}

export function topic(sandbox: Sandbox, attachment: Record<string, unknown>): Fields {
  return { type: 'GROUP_THEME', gid: sandbox.credentials.ok.groupId, attachment: JSON.stringify(attachment) };
}

export async function upload(url: string, field: string, content: Buffer, name = 'photo.png'): Promise<Record<string, unknown>> {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(content)]), name);
  const response = await fetch(url, { method: 'POST', body: form });
  return (await response.json()) as Record<string, unknown>;
}

export function png(width = 40, height = 30): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', pixels), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  // The sandbox reads headers only, so the checksum may stay empty.
  return Buffer.concat([length, Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
}

function texts(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}
