/** Counters of a topic or of a group's day, by the names of the network's answers: `reach`, `members_count`, … */
export type OkCounters = Readonly<Record<string, number>>;

export const TOPIC_COUNTERS: readonly string[] = [
  ...['views', 'reach', 'reach_own', 'reach_earned', 'renderings', 'renderings_own', 'renderings_earned', 'engagement'],
  ...['feedback', 'feedback_total', 'likes', 'comments', 'reshares', 'link_clicks', 'content_opens', 'video_plays'],
  ...['negatives', 'hides_from_feed', 'complaints'],
];

export const DAY_COUNTERS: readonly string[] = [
  ...['members_count', 'members_diff', 'new_members', 'left_members', 'reach', 'reach_own', 'reach_earned', 'reach_mob'],
  ...['reach_mobweb', 'reach_web', 'renderings', 'engagement', 'feedback', 'likes', 'comments', 'reshares', 'link_clicks'],
  ...['page_visits', 'topic_opens', 'photo_opens', 'content_opens', 'video_plays', 'music_plays', 'votes', 'negatives'],
  ...['hides_from_feed', 'complaints'],
];

/** The audience that a test invents: nobody reads the sandbox's walls. */
export class OkNumbers {
  private readonly topics = new Map<string, OkCounters>();
  private readonly days = new Map<string, Map<string, OkCounters>>();

  /** What is not named stays as it was. */
  setTopic(topicId: string, counters: OkCounters): OkCounters {
    const changed = { ...this.ofTopic(topicId), ...known(counters, TOPIC_COUNTERS) };
    this.topics.set(topicId, changed);
    return changed;
  }

  /** @param day a date of Moscow's calendar, `2026-11-24`; a day that nobody set is missing from the statistics */
  setDay(groupId: string, day: string, counters: OkCounters): OkCounters {
    const days = this.days.get(groupId) ?? new Map<string, OkCounters>();
    const changed = { ...days.get(day), ...known(counters, DAY_COUNTERS) };
    this.days.set(groupId, days.set(day, changed));
    return changed;
  }

  ofTopic(topicId: string): OkCounters {
    return this.topics.get(topicId) ?? {};
  }

  /** Oldest first. */
  daysOf(groupId: string): readonly [day: string, counters: OkCounters][] {
    return [...(this.days.get(groupId) ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}

function known(counters: OkCounters, names: readonly string[]): OkCounters {
  const strange = Object.keys(counters).find((name) => !names.includes(name));
  if (strange !== undefined) throw new Error(`OK counts no ${strange}; it counts ${names.join(', ')}`);
  return counters;
}
