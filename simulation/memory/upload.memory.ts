import type { Tx } from '../../src/platform/database/work.js';
import type { UploadStore } from '../../src/modules/publishing/upload.store.js';
import { memory } from './database.js';
import { updatePublications } from './publications.js';
import { kept, later, type UploadRow } from './rows.js';

type Uploads = Pick<UploadStore, keyof UploadStore>;
type Of = Parameters<Uploads['put']>[1];
type Key = Pick<Of, 'contractorId' | 'publicationId'>;

/** A preparation of which nothing was heard is rung again after this. */
const PREPARE_AGAIN_SECONDS = 60;

export class MemoryUploadStore implements Uploads {
  list(tx: Tx, { publicationId }: Key): Promise<UploadRow[]> {
    const t = memory(tx);
    return t.statement('uploads', () =>
      t.all(t.db.uploads, (upload) => upload.publicationId === publicationId).sort((a, b) => a.position - b.position),
    );
  }

  async put(tx: Tx, of: Of, upload: Parameters<Uploads['put']>[2]): Promise<void> {
    const t = memory(tx);
    const id = `${of.publicationId}/${upload.position}`;
    await t.statement('putUpload', async (now) => {
      const row = { ...of, ...upload, id, uploadedAt: new Date(now) };
      const changed = await t.update(t.db.uploads, { id, where: () => true, set: (before) => ({ ...before, ...row }) });
      if (changed.length === 0) t.insert(t.db.uploads, row);
    });
  }

  async markPrepared(tx: Tx, { publicationId }: Key, budgetKey: string | null): Promise<void> {
    const t = memory(tx);
    await t.statement('markPrepared', () =>
      updatePublications(t, {
        ...{ id: publicationId, versioned: false },
        where: (p) => p.state === 'scheduled',
        set: () => ({ preparedAt: new Date(t.db.now()), budgetKey }),
      }),
    );
  }

  async waitForTurn(tx: Tx, { publicationId }: Key, seconds: number): Promise<void> {
    const t = memory(tx);
    await t.statement('waitForTurn', () =>
      updatePublications(t, {
        ...{ id: publicationId, versioned: false },
        where: (p) => p.state === 'scheduled' && p.preparedAt === null,
        set: () => ({ prepareRungAt: later(t.db.now(), seconds - PREPARE_AGAIN_SECONDS) }),
      }),
    );
  }

  async forget(tx: Tx, { publicationId }: Key): Promise<void> {
    const t = memory(tx);
    await t.statement('forget', async () => {
      for (const slot of t.db.uploads.slots.values()) {
        if (t.see(slot)?.publicationId !== publicationId) continue;
        await t.wait(slot);
        t.remove(t.db.uploads, slot);
      }
    });
  }

  postpone(tx: Tx, { publicationId }: Of, to: Parameters<Uploads['postpone']>[2]): Promise<boolean> {
    const t = memory(tx);
    return t.statement('postpone', async () => {
      const rows = await updatePublications(t, {
        id: publicationId,
        where: (p) => p.state === 'scheduled',
        set: (p) => {
          const now = t.db.now();
          const next = p.nextTryAt.getTime();
          const latest = Math.max(next, p.dueAt.getTime() + p.maxLatenessMs + 1_000);
          const again = Math.min(Math.max(next, now + to.againInSeconds * 1_000), latest);
          return {
            ...{ state: to.state, reason: kept(to.reason), rungAt: null },
            prepareRungAt: later(now, to.againInSeconds - PREPARE_AGAIN_SECONDS),
            nextTryAt: to.state === 'scheduled' ? new Date(again) : p.nextTryAt,
          };
        },
      });
      return rows.length === 1;
    });
  }
}
