import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { Ids } from '../../platform/ids/ids.js';
import { decidableStates, type Decision, type DecisionKind, decisionsFor } from './decision.js';
import { DecisionStore } from './decision.store.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import type { PublicationState } from './publication.js';
import type { PublicationEntity } from './publication.entity.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { DecisionRefused, PostNotThere, PublicationNotFound } from './publishing.errors.js';

export interface DecisionRequest {
  readonly decision: DecisionKind;
  /** The permalink, for `adopt`. */
  readonly url: string | null;
  readonly comment: string | null;
}

interface Proof {
  readonly externalId: string;
  readonly url: string;
  readonly verified: boolean | null;
  readonly textMatches: boolean | null;
}

const GIVEN_UP: Reason = { code: 'given-up', message: 'Решено не публиковать' };
const TEXT_DIFFERS: Reason = { code: 'text-differs', message: 'Запись на странице отличается от согласованной: сравните тексты' };
const UNIQUE_VIOLATION = '23505';

/** What deciding touches. */
@Injectable()
export class DecisionParts {
  constructor(
    readonly decisions: DecisionStore,
    readonly records: PublicationRecords,
    readonly networks: Networks,
  ) {}
}

/** A person settles what the machine could not: with a name, a comment and what was verified. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: DecisionParts,
    private readonly reader: PublicationReader,
    private readonly ids: Ids,
  ) {}

  /** @throws DecisionRefused in another state, PostNotThere, RequestInvalid for an address that is none of this page's */
  async decide(who: Principal, publicationId: string, request: DecisionRequest): Promise<Decision> {
    const before = await this.work.reading(who.scope, (tx) => this.parts.records.require(tx, who.contractorId, publicationId));
    if (!decidableStates(request.decision).includes(before.state)) throw refused(before);
    const proof = request.decision === 'adopt' ? await this.prove(who, publicationId, request.url) : undefined;
    return this.work.forTenant(who.scope, (tx) => this.settle(tx, who, { before, request, proof })).catch(takenElsewhere);
  }

  /** Every decision about a publication, newest first. @throws PublicationNotFound */
  list(who: Principal, publicationId: string): Promise<Decision[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.parts.records.require(tx, who.contractorId, publicationId);
      return this.parts.decisions.list(tx, who.contractorId, publicationId);
    });
  }

  /** Asks the network for the post at that address, where the page's credentials can read it. */
  private async prove(who: Principal, publicationId: string, url: string | null): Promise<Proof> {
    const ready = await this.reader.read(who.contractorId, publicationId);
    if (!ready) throw new PublicationNotFound();
    const network = this.parts.networks.get(ready.publication.network);
    const page = { externalId: ready.page.externalId };
    const externalId = url === null ? undefined : network.postIdOf(page, url);
    if (externalId === undefined) {
      throw new RequestInvalid({ fields: [{ field: 'url', reason: 'Paste the permalink of the post on this very page' }] });
    }
    const proof = { externalId, url: network.postUrl(page, externalId) };
    if (!ready.credentials) return { ...proof, verified: null, textMatches: null };
    const seen = await network.readPost(page, ready.credentials, externalId);
    if (seen.kind !== 'done') return { ...proof, verified: null, textMatches: null };
    if (!seen.value?.byPage)
      throw new PostNotThere({ fields: [{ field: 'url', reason: 'The network shows no post of this page there' }] });
    return { ...proof, verified: true, textMatches: sameText(seen.value.text, ready) };
  }

  private async settle(
    tx: Tx,
    who: Principal,
    { before, request, proof }: { before: PublicationEntity; request: DecisionRequest; proof: Proof | undefined },
  ): Promise<Decision> {
    const { decisions, records } = this.parts;
    const { id: publicationId, clientId, contractorId, state: stateBefore } = before;
    if (!(await this.move(tx, before, request.decision, proof)))
      throw refused(await records.require(tx, contractorId, publicationId));
    const { decision, comment } = request;
    const { url = null, verified = null, textMatches = null } = proof ?? {};
    const id = this.ids.next();
    const row = {
      contractorId,
      clientId,
      publicationId,
      id,
      decision,
      stateBefore,
      url,
      verified,
      textMatches,
      comment,
      decidedBy: who.memberId,
    };
    await decisions.insert(tx, row);
    const state = AFTER[decision];
    await records.moved(tx, who, { id: publicationId, clientId, state }, { decision, stateBefore, verified, textMatches });
    return (await decisions.list(tx, contractorId, publicationId))[0]!;
  }

  private move(tx: Tx, before: PublicationEntity, decision: DecisionKind, proof: Proof | undefined): Promise<boolean> {
    const { decisions } = this.parts;
    if (decision === 'sendAgain') return decisions.sendAgain(tx, before, before.state);
    if (decision === 'giveUp' || !proof) return decisions.giveUp(tx, before, before.state, GIVEN_UP);
    return decisions.adopt(tx, before, before.state, { ...proof, reason: proof.textMatches === false ? TEXT_DIFFERS : null });
  }
}

const AFTER: Record<DecisionKind, PublicationState> = { adopt: 'published', sendAgain: 'scheduled', giveUp: 'abandoned' };

function refused({ state, withdrawRequestedAt, settlesAt }: PublicationEntity): Error {
  if (state !== 'unclear' || !settlesAt) return new DecisionRefused({ allowedTransitions: decisionsFor(state) });
  const message = withdrawRequestedAt
    ? 'It is being taken back: what stands on the page is deleted as soon as it is found'
    : `The network may show the post as late as ${settlesAt.toISOString()}: look at the page after that, then decide`;
  return new DecisionRefused({ message, allowedTransitions: ['adopt'] });
}

function sameText(seen: string, { variant }: Readied): boolean {
  const bare = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return bare(seen) === bare(variant.text);
}

function takenElsewhere(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  throw new RequestInvalid({ fields: [{ field: 'url', reason: 'This post belongs to another publication already' }] });
}
