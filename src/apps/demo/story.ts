import { openAgency } from './agency.chapter.js';
import { showBorders } from './borders.chapter.js';
import { openPages } from './contract.chapter.js';
import { writePost } from './post.chapter.js';
import { publishPost } from './publication.chapter.js';
import type { Person, Stage } from './stage.js';

/** The main story, as an agency lives it. @returns the people, whose logins stay good */
export async function playStory(stage: Stage): Promise<Person[]> {
  const agency = await openAgency(stage);
  const pages = await openPages(stage, agency);
  const post = await writePost(stage, agency);
  await publishPost(stage, agency, pages, post);
  const stranger = await showBorders(stage, agency, pages, post);
  return [agency.owner, agency.editor, agency.approver, agency.pressOfficer, agency.clientViewer, stranger];
}
