import sharp from 'sharp';
import { documentBytes, videoBytes } from '../contract/files.js';
import type { Loose } from '../harness/api-client.js';
import type { Harness } from '../harness/harness.js';
import type { Agency } from './agency.js';

export interface PostSketch {
  readonly text?: string;
  readonly link?: string;
  readonly photos?: number;
  readonly videos?: number;
  readonly documents?: number;
  readonly poll?: object;
}

let counter = 0;

export function postRequest(agency: Agency, sketch: PostSketch = {}, mediaIds: string[] = []): object {
  counter += 1;
  const text = sketch.text ?? `День посёлка № ${counter}: ждём всех на площади`;
  const link = sketch.link === undefined ? {} : { link: sketch.link };
  const poll = sketch.poll === undefined ? {} : { poll: sketch.poll };
  return {
    ...{ clientId: agency.client.id, title: `День посёлка № ${counter}`, mediaIds },
    variants: [
      { network: 'vk', text, ...link, ...poll },
      { network: 'ok', text: `${text} (ОК)`, ...link, ...poll },
    ],
  };
}

/** A photo that differs from every other one. */
export async function aPhoto(type: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer> {
  counter += 1;
  const background = { r: counter % 256, g: (counter * 7) % 256, b: (counter * 13) % 256 };
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .toFormat(type)
    .toBuffer();
}

export async function uploadPhotos(agency: Agency, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await upload(agency, await aPhoto(), `площадь-${i}.jpg`));
  return ids;
}

/** Photos, then videos, then documents, each of which differs from every other one. */
async function uploadAll(agency: Agency, { photos = 0, videos = 0, documents = 0 }: PostSketch): Promise<string[]> {
  const ids = await uploadPhotos(agency, photos);
  counter += 1;
  for (let i = 0; i < videos; i += 1) ids.push(await upload(agency, videoBytes(20_000 + counter * 10 + i), `парад-${i}.mp4`));
  for (let i = 0; i < documents; i += 1) ids.push(await upload(agency, documentBytes(`${counter} ${i}`), `смета-${i}.pdf`));
  return ids;
}

async function upload(agency: Agency, bytes: Uint8Array, name: string): Promise<string> {
  const uploaded = await agency.editor.api.upload(`/v1/clients/${agency.client.id}/media`, bytes, name);
  if (uploaded.status !== 201) throw new Error(`${name}: ${JSON.stringify(uploaded.body)}`);
  return uploaded.body.id;
}

export async function aDraft(agency: Agency, sketch: PostSketch = {}): Promise<Loose> {
  const mediaIds = await uploadAll(agency, sketch);
  const created = await agency.editor.api.post('/v1/posts', postRequest(agency, sketch, mediaIds));
  if (created.status !== 201) throw new Error(`post: ${JSON.stringify(created.body)}`);
  return created.body;
}

export async function approve(agency: Agency, post: Loose): Promise<Loose> {
  await agency.editor.api.put(`/v1/posts/${post.id}/submission`);
  const decision = { decision: 'approved', contentHash: post.contentHash };
  await agency.approver.api.put(`/v1/posts/${post.id}/approval`, decision);
  const approved = await agency.pressOfficer.api.put(`/v1/posts/${post.id}/approval`, decision);
  if (approved.status !== 200) throw new Error(`approval: ${JSON.stringify(approved.body)}`);
  return approved.body;
}

export async function anApprovedPost(agency: Agency, sketch: PostSketch = {}): Promise<Loose> {
  return approve(agency, await aDraft(agency, sketch));
}

/** Schedules for an instant on both pages, or on those given. */
export async function schedule(
  agency: Agency,
  post: Loose,
  publishAt: Date,
  pages: Loose[] = [agency.vkPage, agency.okPage],
): Promise<Loose[]> {
  const pageIds = pages.map((page) => page.id);
  const scheduled = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, { publishAt: publishAt.toISOString(), pageIds });
  if (scheduled.status !== 200) throw new Error(`schedule: ${JSON.stringify(scheduled.body)}`);
  return scheduled.body.publications;
}

/** The publications of a post by network, as the API tells them. */
export async function publicationsOf(agency: Agency, post: Loose): Promise<Record<string, Loose>> {
  const { body } = await agency.editor.api.get(`/v1/posts/${post.id}/schedule`);
  if (!body.publications) throw new Error(`schedule: ${JSON.stringify(body)}`);
  const stories = await Promise.all(
    body.publications.map((publication: Loose) => agency.editor.api.get(`/v1/publications/${publication.id}`)),
  );
  return Object.fromEntries(stories.map((story: Loose) => [story.body.network, story.body]));
}

/** How often a post stands on a page now. */
export function timesOnPage({ sandbox }: Harness, post: Loose, { network, externalId }: Loose): number {
  const wall: readonly object[] = network === 'vk' ? sandbox.vk.posts(Number(externalId)) : sandbox.ok.topics(externalId);
  const { text } = post.variants.find((variant: Loose) => variant.network === network);
  return wall.filter((standing) => JSON.stringify(standing).includes(JSON.stringify(text).slice(1, -1))).length;
}

const LONG_AGO = 'Эта запись стояла на странице и раньше';

/** Both pages have a post of their own, and we have seen it: only then can a look that doesn't find ours prove anything. */
export async function olderPosts(harness: Harness, agency: Agency): Promise<void> {
  harness.sandbox.vk.postByHand(agency.vkGroupId, { text: LONG_AGO });
  harness.sandbox.ok.postByHand(agency.okGroupId, { text: LONG_AGO });
  const post = await anApprovedPost(agency);
  await schedule(agency, post, new Date(harness.clock.now().getTime() + 3_600_000));
  await harness.clock.advance({ minutes: 16 });
  await harness.drain();
  await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
}

/** What stands on a wall besides. */
export function withoutOlder<P extends object>(posts: readonly P[]): P[] {
  return posts.filter((post) => !JSON.stringify(post).includes(LONG_AGO));
}
