import { wallTimeOf } from '../../platform/clock/zones.js';
import { Failure } from '../lifetime.js';
import type { Agency } from './agency.chapter.js';
import type { Page } from './contract.chapter.js';
import { hasMetadata } from './photos.js';
import type { Post } from './post.chapter.js';
import type { Stage } from './stage.js';

export interface Publication {
  readonly id: string;
  readonly network: 'vk' | 'ok';
  readonly state: string;
  readonly dueAt: string;
  readonly plannedLocal: string;
  readonly publishedAt: string | null;
  readonly url: string | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

interface Attempt {
  readonly number: number;
  readonly startedAt: string;
  readonly sentAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: string;
}

interface Schedule {
  readonly publications: readonly Publication[];
}

const AHEAD_MS = 8_000;
/** A worker looks every second and uploads three photos first; far more than that means that something is broken. */
const PATIENCE_MS = 45_000;
const WAITING = ['scheduled', 'claimed', 'sending'];

/** The post is scheduled for a moment of the client's own clock, goes out by itself, and is found on both networks. */
export async function publishPost(stage: Stage, agency: Agency, pages: readonly Page[], post: Post): Promise<void> {
  const { printer, life } = stage;
  printer.chapter('Out on both networks, on time');
  const publishAtLocal = wallTimeOf(new Date(Date.now() + AHEAD_MS), agency.client.timeZone);
  const planned = await printer.step(
    'Олег schedules it by the client’s clock',
    () => schedule(agency, post, pages, publishAtLocal),
    ([first]) => `${first!.plannedLocal} ${agency.client.timeZone}, which is ${first!.dueAt}`,
  );
  await printer.step(
    'Nothing is on the walls before that',
    () => Promise.all(post.variants.map(({ network, text }) => stage.walls.lacks(wallOf(network, pages), firstLine(text)))),
    () => 'both are empty',
  );
  const published = await printer.step(
    'The workers publish it',
    () => untilPublished(stage, agency, post, planned),
    (publications) => publications.map((one) => `${one.network.toUpperCase()} ${one.state} ${lateness(one)}`).join(', '),
  );
  life.signal.throwIfAborted();
  for (const publication of published) await seePublished(stage, post, publication);
  for (const publication of published) await tellAttempts(stage, agency, publication);
}

export async function schedule(
  { editor }: Agency,
  post: Post,
  pages: readonly Page[],
  publishAtLocal: string,
): Promise<readonly Publication[]> {
  const request = { publishAtLocal, pageIds: pages.map(({ id }) => id) };
  return (await editor.api.put<Schedule>(`/v1/posts/${post.id}/schedule`, request)).publications;
}

export function wallOf(network: Page['network'], pages: readonly Page[]): string {
  const page = pages.find((one) => one.network === network);
  const number = /\d+$/.exec(page?.url ?? '')?.[0];
  if (!number) throw new Failure(`The ${network} page has no address that ends in its number: ${page?.url}`);
  return `/${network}/${number}`;
}

export function firstLine(text: string): string {
  return text.split('\n')[0]!;
}

async function untilPublished(
  stage: Stage,
  { editor }: Agency,
  post: Post,
  planned: readonly Publication[],
): Promise<readonly Publication[]> {
  const due = new Date(planned[0]!.dueAt).getTime();
  try {
    while (Date.now() < due + PATIENCE_MS) {
      const { publications } = await editor.api.get<Schedule>(`/v1/posts/${post.id}/schedule`);
      const seconds = Math.ceil((due - Date.now()) / 1_000);
      stage.printer.progress(publications.map(({ network, state }) => `${network.toUpperCase()} ${state}`).join(', '), seconds);
      if (publications.every(({ state }) => state === 'published')) return publications;
      const stuck = publications.find(({ state }) => state !== 'published' && !WAITING.includes(state));
      if (stuck) throw new Failure(`${stuck.network} is ${stuck.state}: ${stuck.reason?.code} ${stuck.reason?.message}`);
      await stage.life.pause(300);
    }
  } finally {
    stage.printer.endProgress();
  }
  throw new Failure(`Not published ${PATIENCE_MS / 1_000} s after its time`);
}

async function seePublished({ printer, walls }: Stage, post: Post, { network, url }: Publication): Promise<void> {
  const { text } = post.variants.find((variant) => variant.network === network)!;
  const look = async () => {
    const seen = await walls.see(url!, firstLine(text), post.media.length);
    for (const photo of seen.photoUrls) {
      if (await hasMetadata(await walls.picture(photo))) throw new Failure(`${photo} carries metadata`);
    }
    return seen;
  };
  await printer.step(
    `${network.toUpperCase()} shows it: ${url}`,
    look,
    ({ address, photoUrls }) => `here at ${address}: «${firstLine(text)}», ${photoUrls.length} photos without metadata`,
  );
}

async function tellAttempts({ printer }: Stage, { editor }: Agency, { id, network }: Publication): Promise<void> {
  await printer.step(
    `What happened to the ${network.toUpperCase()} publication`,
    () => editor.api.get<{ attempts: Attempt[] }>(`/v1/publications/${id}`),
    ({ attempts }) => attempts.map(tellAttempt).join('\n'),
  );
}

function tellAttempt({ number, startedAt, sentAt, endedAt, outcome }: Attempt): string {
  const [claimed, sent, settled] = [startedAt, sentAt, endedAt].map((instant) => instant?.slice(11, 23));
  return `attempt ${number}: claimed ${claimed}, sent ${sent}, settled ${settled} UTC, ${outcome}`;
}

function lateness({ dueAt, publishedAt }: Publication): string {
  const seconds = (new Date(publishedAt ?? 0).getTime() - new Date(dueAt).getTime()) / 1_000;
  return `${seconds.toFixed(1)} s after its time`;
}
