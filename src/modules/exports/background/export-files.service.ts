import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { type Scope, wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RateLimiter } from '../../../platform/http/rate-limits.js';
import { SignedLinks } from '../../../platform/storage/signed-links.js';
import { Storage, type StoredBytes } from '../../../platform/storage/storage.js';
import { AuditService } from '../../audit/audit.service.js';
import { contentTypeOf, type ExportJob, fileNameOf } from './export-job.js';
import { ExportJobStore, type Onlooker } from './export-job.store.js';
import { ExportFileNotReady, ExportJobNotFound, ExportLinkNotFound } from './export-jobs.errors.js';
import { Orderers, onlookerOf } from './orderers.service.js';

/** Links made for this open nothing else. */
const FILE_LINK = 'export.file';
const HOUR_MS = 3_600_000;
/** An address may serve a whole office. */
const BY_ADDRESS = { points: 300, seconds: 300 };

export interface ExportLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface ExportFile extends StoredBytes {
  readonly fileName: string;
  readonly contentType: string;
  readonly sha256: string;
}

/** Guards the one route of exports that strangers may call. */
@Injectable()
export class ExportLinks {
  private readonly byAddress: RateLimiter;

  constructor(
    work: UnitOfWork,
    readonly signed: SignedLinks,
    readonly clock: Clock,
  ) {
    this.byAddress = new RateLimiter(work, 'export-file-address', BY_ADDRESS);
  }

  /** @throws TooManyRequests */
  take(address: string): Promise<unknown> {
    return this.byAddress.take(address);
  }
}

@Injectable()
export class ExportFileParts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly storage: Storage,
    private readonly audit: AuditService,
  ) {}

  /** @throws ObjectNotFound */
  async open(job: ExportJob): Promise<ExportFile> {
    const stored = await this.storage.stream(job.contractorId, job.storageKey!);
    return { ...stored, fileName: fileNameOf(job), contentType: contentTypeOf(job), sha256: job.sha256! };
  }

  noteLink(who: Principal, objectId: string, hours: number): Promise<void> {
    const fact = { action: 'exportJob.linked', objectType: 'exportJob', objectId, details: { hours } };
    return this.work.forTenant(who.scope, (tx) => this.audit.record(tx, who, fact));
  }
}

/** The written files: for whoever may see the export, and for whoever has a link. */
@Injectable()
export class ExportFiles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: ExportJobStore,
    private readonly links: ExportLinks,
    private readonly orderers: Orderers,
    private readonly parts: ExportFileParts,
  ) {}

  /** @throws ExportJobNotFound, ExportFileNotReady */
  async file(who: Principal, id: string): Promise<ExportFile> {
    return this.parts.open(await this.ready(who.scope, onlookerOf(who), id));
  }

  /** Whoever has it fetches the file until it ends, as long as its maker may. @throws as `file` */
  async link(who: Principal, id: string, hours: number): Promise<ExportLink> {
    const { contractorId } = who;
    await this.ready(who.scope, onlookerOf(who), id);
    const expiresAt = new Date(this.links.clock.now().getTime() + hours * HOUR_MS);
    const subject = subjectOf(id, who);
    await this.parts.noteLink(who, id, hours);
    const token = this.links.signed.sign({ purpose: FILE_LINK, contractorId, subject, expiresAt });
    return { url: `${this.links.signed.publicUrl}/v1/export-files/${token}`, expiresAt };
  }

  /** @throws TooManyRequests, ExportLinkNotFound */
  async linked(token: string, address: string): Promise<ExportFile> {
    await this.links.take(address);
    const link = this.links.signed.verify(token, FILE_LINK, this.links.clock.now());
    if (link.kind === 'refused') throw new ExportLinkNotFound();
    const { id, maker } = fromSubject(link.subject);
    const by = await this.orderers.onlooker(link.contractorId, maker);
    if (!by) throw new ExportLinkNotFound();
    try {
      return await this.parts.open(await this.ready(wholeContractor(link.contractorId), by, id));
    } catch (error) {
      throw error instanceof ExportJobNotFound || error instanceof ExportFileNotReady ? new ExportLinkNotFound() : error;
    }
  }

  private async ready(scope: Scope, by: Onlooker, id: string): Promise<ExportJob> {
    const job = await this.work.reading(scope, (tx) => this.jobs.find(tx, by, id));
    if (!job) throw new ExportJobNotFound();
    if (job.state !== 'ready') throw new ExportFileNotReady();
    return job;
  }
}

type Maker = Pick<Principal, 'kind' | 'id'>;

/** The export and the link's maker, in few characters: the token is a part of an address, and these have their length. */
function subjectOf(id: string, { kind, id: makerId }: Maker): string {
  return `${kind === 'apiKey' ? 'k' : 'm'}${short(id)}${short(makerId)}`;
}

function fromSubject(subject: string): { readonly id: string; readonly maker: Maker } {
  const kind = subject.startsWith('k') ? 'apiKey' : 'member';
  return { id: long(subject.slice(1, 23)), maker: { kind, id: long(subject.slice(23)) } };
}

function short(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

function long(text: string): string {
  const hex = Buffer.from(text, 'base64url').toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
