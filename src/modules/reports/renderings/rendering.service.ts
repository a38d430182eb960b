import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Storage } from '../../../platform/storage/storage.js';
import { storageKey } from '../../../platform/storage/storage-key.js';
import { sha256 } from '../document/canonical-json.js';
import type { LogoPicture } from '../document/logo.js';
import { type ReportDocument, thawedReport } from '../document/report-document.js';
import { CONTENT_TYPES, RENDERER, type Rendering, type RenderingFormat } from '../rendering.js';
import { type RenderingKey } from '../rendering.store.js';
import { ReportRows } from '../report-rows.service.js';
import { csvOf } from './csv.js';
import { pdfFiles } from './pdf-files.js';
import { Typesetter } from './typesetter.service.js';
import { webPageOf } from './web-page.js';
import { workbookOf } from './workbook.js';

/** All from which files follow. */
interface Frozen {
  readonly report: ReportDocument;
  readonly sha256: string;
  readonly logo: LogoPicture | undefined;
}

/** Makes the files of a version from its frozen document alone. */
@Injectable()
export class RenderingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly storage: Storage,
    private readonly typesetter: Typesetter,
  ) {}

  /** Goes on where it stopped: what is ready is left as it is. */
  async render(key: RenderingKey): Promise<void> {
    const { waiting, frozen } = await this.work.reading(wholeContractor(key.contractorId), async (tx) => ({
      waiting: (await this.rows.renderings.list(tx, key)).filter(({ state }) => state === 'waiting'),
      frozen: await this.frozen(tx, key),
    }));
    if (!frozen) return;
    for (const one of waiting) await this.renderOne(key, one, frozen);
  }

  /** No attempt is left. */
  async giveUp(key: RenderingKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const waiting = (await this.rows.renderings.list(tx, key)).filter(({ state }) => state === 'waiting');
      await this.rows.renderings.failed(
        tx,
        key,
        waiting.map(({ format }) => format),
      );
    });
  }

  private async frozen(tx: Tx, { contractorId, reportId, number }: RenderingKey): Promise<Frozen | undefined> {
    const text = await this.rows.versions.text(tx, contractorId, reportId, number);
    if (text === undefined) return undefined;
    const report = thawedReport(text);
    const hash = report.look.logo?.sha256;
    const logo =
      hash === undefined ? hash : await this.rows.logos.picture(tx, { contractorId, clientId: report.client.id }, hash);
    return { report, sha256: sha256(text), logo };
  }

  private async renderOne(key: RenderingKey, { clientId, format }: Rendering, frozen: Frozen): Promise<void> {
    const bytes = await this.bytesOf(format, frozen);
    const place = storageKey(key.contractorId, clientId, `${key.reportId}-${key.number}`, `report.${format}`);
    // The object first: a row without its file would be a broken report.
    await this.storage.put(key.contractorId, place, bytes, CONTENT_TYPES[format]);
    const file = { format, storageKey: place, bytes: bytes.byteLength, sha256: sha256(bytes), renderer: RENDERER };
    await this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.rows.renderings.made(tx, key, file));
  }

  private async bytesOf(format: RenderingFormat, { report, sha256: hash, logo }: Frozen): Promise<Uint8Array> {
    if (format === 'pdf') return this.typesetter.pdf(pdfFiles(report, hash, logo));
    if (format === 'xlsx') return workbookOf(report, hash);
    return new TextEncoder().encode(format === 'csv' ? csvOf(report) : webPageOf(report, hash, logo));
  }
}
