import { IsIn, IsOptional } from 'class-validator';
import { POST_METRICS } from '../../networks/numbers.js';
import { PageQuery } from '../../platform/http/pagination.js';
import { IsDay } from '../../platform/http/text.decorators.js';
import type { Flag, FlagKind } from './flags.js';
import { gapOf } from './gaps.js';
import { type Gaps, type PageRollup, type PostRollup, type PostSnapshot, ROLLUP_UNITS, type RollupUnit } from './numbers.js';
import type { PageDayReport } from './numbers.service.js';

export class RollupsQuery extends PageQuery {
  /** Hours or days of the page's zone; days when absent. @example hour */
  @IsOptional() @IsIn(ROLLUP_UNITS) unit?: RollupUnit;
}

export class DaysQuery {
  /** First day, in the page's zone; thirty days when absent. @example 2026-12-01 */
  @IsOptional() @IsDay() from?: string;
  /** Last day, included; today when absent. @example 2026-12-31 */
  @IsOptional() @IsDay() until?: string;
}

/** A number that is not known, and why. */
export class GapResponse {
  /** @example reach */
  number: string;
  /** @example capability-missing */
  code: string;
  /** @example "У подключения страницы нет права на эти числа. Добавьте токен с правом на статистику." */
  message: string;

  static all(gaps: Gaps<string>): GapResponse[] {
    return Object.entries(gaps).map(([number, gap]) => ({ number, ...gap! }));
  }

  static ofCodes(codes: Readonly<Record<string, string>>): GapResponse[] {
    return Object.entries(codes).map(([number, code]) => ({ number, ...gapOf(code) }));
  }
}

/** Counted since the post was published; null: not known, and never zero. */
class PostNumbersResponse {
  /** @example 1240 */
  views: number | null;
  /** People. @example 980 */
  reach: number | null;
  /** Subscribers among them. @example 700 */
  reachSubscribers: number | null;
  /** @example 31 */
  likes: number | null;
  /** @example 4 */
  comments: number | null;
  /** @example 6 */
  reposts: number | null;
  /** @example 12 */
  linkClicks: number | null;
  /** Readers who took it off their feed. @example 0 */
  hides: number | null;
}

export class PostSnapshotResponse extends PostNumbersResponse {
  /** When the network said so. @example 2026-12-02T06:00:00.000Z */
  takenAt: Date;
  gaps: GapResponse[];

  static of(snapshot: PostSnapshot): PostSnapshotResponse {
    return { takenAt: snapshot.takenAt, ...numbersOf(snapshot), gaps: GapResponse.all(snapshot.gaps) };
  }
}

export class FlagResponse {
  /** @example fell */
  kind: FlagKind;
  /** Which number is odd. @example views */
  number: string;
  /** The instant of a post's snapshot, or a page's day. @example 2026-12-02T06:00:00.000Z */
  at: string;
  /** @example 1300 */
  before: number;
  /** @example 1240 */
  after: number;
  /** @example "Просмотры: стало меньше, было 1300, стало 1240. Сеть убрала часть (например, накрутку или удалённое)." */
  message: string;

  static of({ kind, number, at, before, after, message }: Flag): FlagResponse {
    return { kind, number, at, before, after, message };
  }
}

export class PostLatestResponse {
  /** Null until the first snapshot. */
  latest: PostSnapshotResponse | null;
  /** What is odd about the numbers: questions, never verdicts. */
  flags: FlagResponse[];

  static of({ latest, flags }: { latest: PostSnapshot | null; flags: readonly Flag[] }): PostLatestResponse {
    return { latest: latest && PostSnapshotResponse.of(latest), flags: flags.map(FlagResponse.of) };
  }
}

export class PostSnapshotPage {
  data: PostSnapshotResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class PostRollupResponse extends PostNumbersResponse {
  /** When the hour or the day begins. @example 2026-12-01T12:00:00.000Z */
  startsAt: Date;
  /** How many snapshots it is made of. @example 3 */
  snapshots: number;
  /** Numbers that were lower than in the snapshot before. @example [] */
  fell: string[];

  static of(rollup: PostRollup): PostRollupResponse {
    const { startsAt, snapshots, fell } = rollup;
    return { startsAt, snapshots, fell: [...fell], ...numbersOf(rollup) };
  }
}

export class PostRollupPage {
  data: PostRollupResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class PageRollupResponse {
  /** When the hour or the day begins. @example 2026-12-01T12:00:00.000Z */
  startsAt: Date;
  /** How many snapshots it is made of. @example 24 */
  snapshots: number;
  /** Subscribers at its end. @example 12480 */
  members: number | null;
  /** People reached in the last complete week, as the network counts it. @example 6900 */
  weekReach: number | null;

  static of({ startsAt, snapshots, members, weekReach }: PageRollup): PageRollupResponse {
    return { startsAt, snapshots, members, weekReach };
  }
}

export class PageRollupPage {
  data: PageRollupResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

/** What the network says of its own day of that date. */
export class NetworkDayResponse {
  /** @example 2100 */
  reach: number | null;
  /** @example 1500 */
  reachSubscribers: number | null;
  /** @example 4300 */
  views: number | null;
  /** @example 310 */
  visitors: number | null;
  /** @example 80 */
  likes: number | null;
  /** @example 12 */
  comments: number | null;
  /** @example 9 */
  reposts: number | null;
  /** Subscribers who came. @example 14 */
  joined: number | null;
  /** Subscribers who left. @example 3 */
  lost: number | null;
}

export class PageDayResponse {
  /** In the page's zone. @example 2026-12-01 */
  day: string;
  /** Subscribers at its end; null: nobody looked. @example 12480 */
  members: number | null;
  /** People reached in the last complete week, as seen last on that day. @example 6900 */
  weekReach: number | null;
  /** Null: the network has said nothing of it. */
  network: NetworkDayResponse | null;
  /** Compliance score; null: not audited. @example 85 */
  score: number | null;

  static of({ day, members, weekReach, network, score }: PageDayReport): PageDayResponse {
    return { day, members, weekReach, network: network && networkDay(network), score: score?.score ?? null };
  }
}

export class PageDaysResponse {
  /** Every day of the range in order, those of which nothing is known too. */
  data: PageDayResponse[];
  /** What is odd about the numbers: questions, never verdicts. */
  flags: FlagResponse[];

  static of({ days, flags }: { days: readonly PageDayReport[]; flags: readonly Flag[] }): PageDaysResponse {
    return { data: days.map(PageDayResponse.of), flags: flags.map(FlagResponse.of) };
  }
}

function numbersOf(known: PostNumbersResponse): PostNumbersResponse {
  return Object.fromEntries(POST_METRICS.map((metric) => [metric, known[metric]])) as unknown as PostNumbersResponse;
}

function networkDay({ reach, reachSubscribers, views, visitors, ...acts }: NetworkDayResponse): NetworkDayResponse {
  const { likes, comments, reposts, joined, lost } = acts;
  return { reach, reachSubscribers, views, visitors, likes, comments, reposts, joined, lost };
}
