import type { Tx } from '../src/platform/database/work.js';
import type { Claim } from '../src/modules/publishing/claim.store.js';
import type { PublicationState, Settlement } from '../src/modules/publishing/publication.js';
import type { KnownPost } from '../src/modules/publishing/resolution.store.js';
import { NETWORK_MISTAKES } from './planted-network.js';
import type { Plant, Ports } from './engine.js';
import { LEASE_SECONDS, MemoryClaimStore } from './memory/claim.memory.js';
import { memory, type MemoryDatabase } from './memory/database.js';
import { MemoryDecisionStore } from './memory/decision.memory.js';
import { MemoryTurnStore } from './memory/dispatch.memory.js';
import { MemoryPosts } from './memory/modules.memory.js';
import { MemoryPublicationStore, takenBack } from './memory/publication.memory.js';
import { updatePublications } from './memory/publications.js';
import { MemoryResolutionStore } from './memory/resolution.memory.js';
import { Gates, kept, later, type PublicationRow } from './memory/rows.js';
import type { SimProcess } from './process.js';

const HALF_A_DAY_MS = 12 * 3_600_000;

/** Reads, decides, and only then writes what it decided. */
class NaiveWithdrawal extends MemoryPublicationStore {
  override async withdraw(tx: Tx, contractorId: string, id: string): Promise<PublicationState | undefined> {
    const before = await this.find(tx, contractorId, id);
    if (!before) return undefined;
    const t = memory(tx);
    const change = { ...takenBack(before, t.db.now()), ...(before.state === 'scheduled' && { leaseUntil: null }) };
    await t.statement('withdraw', () => updatePublications(t, { id, where: () => true, set: () => change }));
    return change.state;
  }
}

class CheckThenActClaim extends MemoryClaimStore {
  override async claim(tx: Tx, key: Parameters<MemoryClaimStore['claim']>[1], attemptId: string): Promise<Claim | undefined> {
    const t = memory(tx);
    const may = await t.statement('mayClaim', (now) => {
      const row = t.find(t.db.publications, key.publicationId);
      return row !== undefined && this.mayBeClaimed(t, t.world(), row, now);
    });
    if (!may) return undefined;
    return t.statement('claim', async () => {
      const [row] = await updatePublications(t, {
        id: key.publicationId,
        where: () => true,
        set: (p) => ({ state: 'claimed', fence: p.fence + 1, tries: p.tries + 1, leaseUntil: later(t.db.now(), LEASE_SECONDS) }),
      });
      this.beginAttempt(t, row!, attemptId);
      return { ...key, attemptId, clientId: row!.clientId, fence: row!.fence, tries: row!.tries };
    });
  }
}

class UnfencedSettlement extends MemoryClaimStore {
  override async settle(tx: Tx, claim: Claim, settlement: Settlement): Promise<boolean> {
    const t = memory(tx);
    const row = await t.statement('find', () => t.find(t.db.publications, claim.publicationId));
    if (row?.state === 'sending') return super.settle(tx, { ...claim, fence: row.fence }, settlement);
    const published = settlement.state === 'published';
    await t.statement('settle', () =>
      updatePublications(t, {
        id: claim.publicationId,
        where: () => true,
        set: (p) => ({
          ...{ state: settlement.state, leaseUntil: null, rungAt: null, nextTryAt: new Date(t.db.now()) },
          externalId: published ? settlement.externalId : p.externalId,
          reason: 'reason' in settlement ? kept(settlement.reason) : null,
          publishedAt: published ? new Date(t.db.now()) : p.publishedAt,
          nextLookAt: settlement.state === 'unclear' ? later(t.db.now(), settlement.lookInSeconds) : null,
        }),
      }),
    );
    return true;
  }
}

class ImpatientClaims extends MemoryClaimStore {
  override settle(tx: Tx, claim: Claim, settlement: Settlement): Promise<boolean> {
    return super.settle(tx, claim, settlement.state === 'unclear' ? { ...settlement, lookInSeconds: 0 } : settlement);
  }
}

class ImpatientResolution extends MemoryResolutionStore {
  override expire(...[tx, key, , lost]: Parameters<MemoryResolutionStore['expire']>): Promise<PublicationState | undefined> {
    return super.expire(tx, key, 0, lost);
  }

  override lookAgain(...[tx, key, , counts]: Parameters<MemoryResolutionStore['lookAgain']>): Promise<void> {
    return super.lookAgain(tx, key, 0, counts);
  }
}

class WorkerClockClaim extends MemoryClaimStore {
  constructor(private readonly process: SimProcess) {
    super();
  }

  protected override mayBeClaimed(...[t, world, p]: Parameters<MemoryClaimStore['mayBeClaimed']>): boolean {
    return super.mayBeClaimed(t, world, p, this.process.now().getTime());
  }
}

class WorkerClockTurns extends MemoryTurnStore {
  constructor(private readonly process: SimProcess) {
    super();
  }

  override begin(): ReturnType<MemoryTurnStore['begin']> {
    const now = this.process.now();
    return Promise.resolve({ now: now.toISOString(), epochMs: now.getTime(), clockTrusted: true, tokens: 30, forLongest: true });
  }
}

class UnboundApproval extends Gates {
  override postIsApproved(): boolean {
    return true;
  }
}

class UnboundPosts extends MemoryPosts {
  override lockApproved(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

class WhateverThePostSaysNow extends MemoryPublicationStore {
  override async find(tx: Tx, contractorId: string, id: string): Promise<PublicationRow | null> {
    const row = await super.find(tx, contractorId, id);
    const t = memory(tx);
    if (!row) return null;
    const { contentHash, postVersion } = t.find(t.db.posts, row.postId)!;
    return { ...row, contentHash, postVersion };
  }
}

class ContractInUtc extends Gates {
  override contractInForce(...[world, p, at]: Parameters<Gates['contractInForce']>): boolean {
    const contracts = world.contracts.map((contract) => ({ ...contract, endsAt: contract.endsAt + HALF_A_DAY_MS }));
    return super.contractInForce({ ...world, contracts }, p, at);
  }
}

/** Whatever the page shows is taken for how it looks now. */
class NoControl extends MemoryResolutionStore {
  override newestKnown(): Promise<KnownPost> {
    return Promise.resolve({ externalId: '', publishedAt: new Date(0) });
  }
}

class Resetting extends MemoryResolutionStore {
  override async expire(
    ...[tx, key, , lost]: Parameters<MemoryResolutionStore['expire']>
  ): Promise<PublicationState | undefined> {
    const state = await super.expire(tx, key, 0, lost);
    if (state === 'unclear') await this.conclude(tx, key, { state: 'scheduled', reason: lost, inDoubt: false, byMarker: false });
    return state && 'scheduled';
  }
}

/** The post's lock stays, whatever becomes of the sending. */
class LockThatStays extends MemoryPosts {
  constructor(private readonly process: SimProcess) {
    super();
  }

  override async lockApproved(...[tx, contractorId, id, hash]: Parameters<MemoryPosts['lockApproved']>): Promise<boolean> {
    const own = memory(tx).db.begin(this.process);
    const locked = await super.lockApproved(own as unknown as Tx, contractorId, id, hash);
    own.commit();
    return locked;
  }
}

class UnlockedWish extends MemoryClaimStore {
  override lockWithdrawn(tx: Tx, { publicationId }: Claim): Promise<boolean> {
    const t = memory(tx);
    return t.statement('find', () => !!t.find(t.db.publications, publicationId)?.withdrawRequestedAt);
  }
}

type LockUnclear = MemoryResolutionStore['lockUnclear'];

class UnlockedLook extends MemoryResolutionStore {
  override lockUnclear(...[tx, { id }]: Parameters<LockUnclear>): ReturnType<LockUnclear> {
    const t = memory(tx);
    return t.statement('find', (now) => {
      const row = t.find(t.db.publications, id);
      if (row?.state !== 'unclear') return undefined;
      const counts = row.nextLookAt !== null && row.nextLookAt.getTime() <= now;
      return { counts, withdrawn: row.withdrawRequestedAt !== null, tooLong: now > row.settlesAt!.getTime() + 3_000_000 };
    });
  }
}

class LooksAtOnce extends MemoryResolutionStore {
  override due(tx: Tx, key: Parameters<MemoryResolutionStore['due']>[1]): ReturnType<MemoryResolutionStore['due']> {
    const t = memory(tx);
    return t.statement('due', () => {
      const row = t.find(t.db.publications, key.id);
      return row?.state === 'unclear' ? { ...key, fence: row.fence, looks: row.looks } : undefined;
    });
  }

  override async lockUnclear(...parameters: Parameters<LockUnclear>): ReturnType<LockUnclear> {
    const open = await super.lockUnclear(...parameters);
    return open && { ...open, counts: true };
  }
}

class EndlessLooks extends MemoryResolutionStore {
  override async lockUnclear(...parameters: Parameters<LockUnclear>): ReturnType<LockUnclear> {
    const open = await super.lockUnclear(...parameters);
    return open && { ...open, tooLong: false };
  }
}

class DoubtfulIsWithdrawn extends MemoryPublicationStore {
  override async withdraw(tx: Tx, contractorId: string, id: string): Promise<PublicationState | undefined> {
    const t = memory(tx);
    const held = (p: PublicationRow): boolean => p.state === 'held' && p.inDoubt;
    await t.statement('withdraw', () => updatePublications(t, { id, where: held, set: () => ({ inDoubt: false }) }));
    return super.withdraw(tx, contractorId, id);
  }
}

class DecidesAtOnce extends MemoryDecisionStore {
  override async sendAgain(...[tx, key, from]: Parameters<MemoryDecisionStore['sendAgain']>): Promise<boolean> {
    const t = memory(tx);
    const unclear = (p: PublicationRow): boolean => p.state === 'unclear';
    const set = (): Partial<PublicationRow> => ({ settlesAt: new Date(t.db.now()) });
    await t.statement('settleAtOnce', () => updatePublications(t, { id: key.id, where: unclear, set }));
    return super.sendAgain(tx, key, from);
  }
}

class RepeatsWhenever extends Gates {
  override mayRepeat(): boolean {
    return true;
  }
}

class LateNewsDropped extends MemoryClaimStore {
  override async adoptLate(...parameters: Parameters<MemoryClaimStore['adoptLate']>): Promise<boolean> {
    const [tx, { publicationId }] = parameters;
    const row = memory(tx).db.publications.get(publicationId);
    return row?.state === 'unclear' ? super.adoptLate(...parameters) : false;
  }
}

const gates = (of: new () => Gates, others: (ports: Ports) => Partial<Ports> = () => ({})): Plant => {
  return (ports: Ports, _process: SimProcess, db: MemoryDatabase) => {
    db.gates = new of();
    return { ...ports, ...others(ports) };
  };
};

/** Mistakes that somebody could make tomorrow, or made yesterday. The simulation is good for something if it catches each. */
export const PLANTED: Readonly<Record<string, Plant>> = {
  ...NETWORK_MISTAKES,
  'naive withdrawal': (ports) => ({ ...ports, publications: new NaiveWithdrawal() }),
  'claim that checks, then acts': (ports) => ({ ...ports, claims: new CheckThenActClaim() }),
  'no fence on settling': (ports) => ({ ...ports, claims: new UnfencedSettlement() }),
  'no settling time': (ports) => ({ ...ports, claims: new ImpatientClaims(), resolution: new ImpatientResolution() }),
  'due by the worker’s clock': (ports, process) => ({
    ...{ ...ports, claims: new WorkerClockClaim(process), turns: new WorkerClockTurns(process) },
  }),
  'approval not bound to content': gates(UnboundApproval, () => ({
    posts: new UnboundPosts(),
    publications: new WhateverThePostSaysNow(),
  })),
  'contract in UTC': gates(ContractInUtc),
  'look without a positive control': (ports) => ({ ...ports, resolution: new NoControl() }),
  'sweeper sends again': (ports) => ({ ...ports, resolution: new Resetting() }),
  'lock without sending': (ports, process) => ({ ...ports, posts: new LockThatStays(process) }),
  'withdrawal overwritten by an outcome': (ports) => ({ ...ports, claims: new UnlockedWish(), resolution: new UnlockedLook() }),
  'two looks at once count as two': (ports) => ({ ...ports, resolution: new LooksAtOnce() }),
  'held in doubt is called withdrawn': (ports) => ({ ...ports, publications: new DoubtfulIsWithdrawn() }),
  'people decide before it has settled': (ports) => ({ ...ports, decisions: new DecidesAtOnce() }),
  'repeats when VK has forgotten': gates(RepeatsWhenever),
  'late news is dropped': (ports) => ({ ...ports, claims: new LateNewsDropped() }),
  'looks for ever': (ports) => ({ ...ports, resolution: new EndlessLooks() }),
};
