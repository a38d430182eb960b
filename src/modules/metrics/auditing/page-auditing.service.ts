import { Injectable } from '@nestjs/common';
import type { PageDescription } from '../../../networks/network.js';
import { Networks } from '../../../networks/networks.js';
import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import type { Tx } from '../../../platform/database/work.js';
import type { Page } from '../../pages/page.js';
import { PublicationFacts } from '../../publishing/publication-facts.service.js';
import { addDays, dayOf } from '../../../platform/clock/days.js';
import { AuditStore } from './audit.store.js';
import { dutiesOf } from './duties.js';
import type { Checked } from './page-audit.js';
import { scoreOf, type Seen } from './score.js';
import { ScoringModelStore } from './scoring-model.store.js';

/** A page whose looks were just told, and its zone (IANA). */
export interface Looked {
  readonly contractorId: string;
  readonly page: Page;
  readonly timeZone: string;
}

/** Posts of the last seven days count, today among them. */
const ACTIVITY_DAYS = 7;

/** Scores pages, in the caller's transaction. */
@Injectable()
export class PageAuditing {
  constructor(
    private readonly audits: AuditStore,
    private readonly models: ScoringModelStore,
    private readonly publications: PublicationFacts,
    private readonly networks: Networks,
  ) {}

  /** The network has described the page. */
  async seen(tx: Tx, looked: Looked, profile: PageDescription, at: Date): Promise<void> {
    const { contractorId, page, timeZone } = looked;
    const seen = await this.look(tx, looked, profile, at);
    const model = await this.models.current(tx, contractorId);
    const tellsEmail = this.networks.get(page.network).tellsEmail;
    await this.audits.write(
      tx,
      { contractorId, clientId: page.clientId, pageId: page.id },
      {
        ...{ day: dayOf(at, timeZone), auditedAt: at, modelVersion: model.version, profile },
        ...scoreOf(model, seen),
        duties: dutiesOf(profile, seen, { tellsEmail }),
      },
    );
  }

  /** A person has looked, or the model is another one: the last looks are scored anew. Before the first there is nothing to score. */
  async again(tx: Tx, looked: Looked, at: Date): Promise<void> {
    const { contractorId, page, timeZone } = looked;
    const last = await this.audits.last(tx, contractorId, page.id, dayOf(at, timeZone));
    if (last) await this.seen(tx, looked, last.profile, at);
  }

  /** What the network tells goes before what a person entered once. */
  private async look(tx: Tx, looked: Looked, profile: PageDescription, at: Date): Promise<Seen> {
    const { contractorId, page, timeZone } = looked;
    const checks = await this.audits.standingChecks(tx, contractorId, page.id);
    const told = (value: boolean | undefined, subject: Checked) => (value === undefined ? entered(subject) : Number(value));
    const entered = (subject: Checked) => checks.get(subject) ?? null;
    const { members, weekReach } = await this.audits.reachOf(tx, contractorId, page.id, at);
    return {
      governmentMark: told(profile.governmentMark, 'governmentMark'),
      component: entered('component'),
      avatar: told(profile.avatar, 'avatar'),
      description: profile.description === undefined ? 0 : 1,
      cover: told(profile.cover, 'cover'),
      widgets: entered('widgets'),
      activity: await this.postsOfWeek(tx, looked, dayOf(at, timeZone)),
      reach: members === null || weekReach === null || members === 0 ? null : Math.round((weekReach / members) * 1_000) / 10,
    };
  }

  /** Whoever wrote them: the page's activity is not the contractor's work. */
  private async postsOfWeek(tx: Tx, { contractorId, page, timeZone }: Looked, day: string): Promise<number> {
    const from = startOfDay(addDays(day, 1 - ACTIVITY_DAYS), timeZone);
    const wanted = { contractorId, pageIds: [page.id], from, until: endOfDay(day, timeZone) };
    const ours = await this.publications.publications(tx, wanted);
    const others = await this.publications.outsidePosts(tx, wanted);
    return ours.filter(({ standing }) => standing === 'stands').length + others.filter(({ byPage }) => byPage).length;
  }
}
