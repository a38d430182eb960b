import type { CallOutcome, EditOutcome, WallPost } from '../../networks/network.js';
import type { UnitOfWork } from '../../platform/database/work.js';
import type { ReadiedAttachment } from './attachments.js';
import type { EditRow } from './edit.store.js';
import type { ReadiedEdit } from './edit-reader.service.js';
import { EditingRows, EditingService, EditingTools } from './editing.service.js';
import { aReadied, IDS, NOW } from './publishing.spec-support.js';

export const CLAIM = { contractorId: 'agency', id: 'edit', attemptId: 'new id', fence: 4, tries: 1 };
const STANDS = {
  ...{ externalId: '77', url: 'there', publishedAt: NOW, byPage: true, text: 'День посёлка', photoCount: 0, attachments: [] },
  ...{ videoCount: 0, documentCount: 0, hasPoll: false },
} as WallPost;
export const SAME: CallOutcome<WallPost | undefined> = { kind: 'done', value: STANDS };
export const OTHER: CallOutcome<WallPost | undefined> = { kind: 'done', value: { ...STANDS, text: 'Прежний текст' } };
export const EDITED: EditOutcome = { kind: 'edited' };

/** An edit that waits for its turn and brings nothing along. */
export function anEdit(edit: Partial<EditRow> = {}, ready: Parameters<typeof aReadied>[0] = {}): ReadiedEdit {
  const publication = { state: 'published', externalId: '77', ...ready.publication };
  const row = {
    ...{ contractorId: 'agency', id: 'edit', clientId: 'client', publicationId: 'publication', contentHash: 'new hash' },
    ...{ state: 'waiting', postVersion: 2, tries: 0, fence: 3, endedAt: null, ...edit },
  };
  return { edit: row as EditRow, ready: aReadied({ ...ready, publication }) };
}
export const bringing = (...attachments: ReadiedAttachment[]) => anEdit({}, { attachments });

export interface Situation {
  /** What is read, the last time for ever. */
  readonly reads?: readonly (ReadiedEdit | undefined)[];
  readonly outcome?: EditOutcome;
  readonly seen?: CallOutcome<WallPost | undefined>;
  readonly upload?: CallOutcome<string>;
  /** Milliseconds to wait, by call; none of the others waits. */
  readonly waits?: Readonly<Record<string, number>>;
  readonly documents?: number;
  readonly answers?: Partial<Record<'edits' | 'posts', object>>;
}

/** Writes down what the service asks of its ports. */
interface Ports {
  readonly work: UnitOfWork;
  port<T>(name: string, answers?: Readonly<Record<string, unknown>>): T;
}

/** Makes the edit once with these answers. */
export async function editOnce(told: Ports, situation: Situation): Promise<void> {
  const { reads = [anEdit()], outcome = EDITED, seen = SAME, waits = {}, answers = {} } = situation;
  let times = 0;
  const read = () => reads[Math.min(times++, reads.length - 1)];
  const asked = told.port<{ edit: unknown; readPost: unknown }>('network', { edit: outcome, readPost: seen });
  const network = { edit: asked.edit, readPost: asked.readPost, limits: { documents: situation.documents ?? 10 } };
  const turn = (_: unknown, call: string) => waits[call] ?? 0;
  const rows = new EditingRows(
    told.port('edits', { claim: CLAIM, settle: true, ...answers.edits }),
    told.port('records'),
    told.port('budgets', { turn }),
    IDS,
  );
  const tools = new EditingTools(
    told.port('networks', { get: () => network }),
    told.port('uploader', { upload: situation.upload ?? { kind: 'done', value: 'photo1_1' } }),
    told.port('posts', { lockApproved: true, ...answers.posts }),
    told.port('pages'),
    told.port('clock', { now: NOW }),
  );
  await new EditingService(told.work, told.port('reader', { read }), rows, tools).edit('agency', 'edit');
}
