import { wallTimeOf } from '../../platform/clock/zones.js';
import { Failure } from '../lifetime.js';
import { type Agency, openOtherAgency } from './agency.chapter.js';
import type { Page } from './contract.chapter.js';
import { type Post, writeShortPost } from './post.chapter.js';
import { firstLine, type Publication, schedule, wallOf } from './publication.chapter.js';
import { tellRefusal } from './api-client.js';
import type { Person, Stage } from './stage.js';

const DAY_MS = 86_400_000;

/** What others may not, and what one may still change one's mind about. */
export async function showBorders(stage: Stage, agency: Agency, pages: readonly Page[], post: Post): Promise<Person> {
  const { printer } = stage;
  printer.chapter('Borders between agencies, and a change of mind');
  const stranger = await openOtherAgency(stage);
  await printer.step(
    'For another agency the post does not exist',
    () => stranger.api.refused(404, 'GET', `/v1/posts/${post.id}`),
    tellRefusal,
  );
  await printer.step(
    'Nor can it withdraw it',
    () => stranger.api.refused(404, 'DELETE', `/v1/posts/${post.id}/schedule`),
    tellRefusal,
  );
  await printer.step(
    'Андрей of the client reads it',
    () => agency.clientViewer.api.get<Post>(`/v1/posts/${post.id}`),
    ({ variants: [first] }) => `«${firstLine(first!.text)}»`,
  );
  await withdrawInTime(stage, agency, pages);
  return stranger;
}

async function withdrawInTime(stage: Stage, agency: Agency, pages: readonly Page[]): Promise<void> {
  const { printer, walls } = stage;
  const post = await writeShortPost(stage, agency);
  const tomorrow = `${wallTimeOf(new Date(Date.now() + DAY_MS), agency.client.timeZone).slice(0, 10)}T08:00`;
  await printer.step(
    'It is scheduled for tomorrow morning',
    () => schedule(agency, post, pages, tomorrow),
    ([first]) => `${first!.plannedLocal} ${agency.client.timeZone}`,
  );
  await printer.step(
    'Светлана withdraws it: the client may always take back what is said in its name',
    async () => {
      const { publications } = await agency.pressOfficer.api.delete<{ publications: Publication[] }>(
        `/v1/posts/${post.id}/schedule`,
      );
      const left = publications.find(({ state }) => state !== 'withdrawn');
      if (left) throw new Failure(`The ${left.network} publication is ${left.state}`);
      for (const { network, text } of post.variants) await walls.lacks(wallOf(network, pages), text);
      return publications;
    },
    (publications) =>
      `${publications.map(({ network, state }) => `${network.toUpperCase()} ${state}`).join(', ')}; the walls never saw it`,
  );
}
