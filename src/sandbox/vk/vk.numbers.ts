/** What people did with a post. VK tells the first three to anybody, the rest to managers. */
export interface VkPostNumbers {
  views: number;
  likes: number;
  reposts: number;
  reachTotal: number;
  reachSubscribers: number;
  reachViral: number;
  reachAds: number;
  links: number;
  toGroup: number;
  joinGroup: number;
  report: number;
  hide: number;
  unsubscribe: number;
}

/** A day of a community. */
export interface VkDayNumbers {
  views: number;
  visitors: number;
  mobileViews: number;
  reach: number;
  reachSubscribers: number;
  mobileReach: number;
  likes: number;
  comments: number;
  copies: number;
  hidden: number;
  subscribed: number;
  unsubscribed: number;
}

const NO_POST_NUMBERS: VkPostNumbers = {
  ...{ views: 0, likes: 0, reposts: 0, reachTotal: 0, reachSubscribers: 0, reachViral: 0, reachAds: 0 },
  ...{ links: 0, toGroup: 0, joinGroup: 0, report: 0, hide: 0, unsubscribe: 0 },
};

const NO_DAY_NUMBERS: VkDayNumbers = {
  ...{ views: 0, visitors: 0, mobileViews: 0, reach: 0, reachSubscribers: 0, mobileReach: 0 },
  ...{ likes: 0, comments: 0, copies: 0, hidden: 0, subscribed: 0, unsubscribed: 0 },
};

/** The audience that a test invents: nobody reads the sandbox's walls. */
export class VkNumbers {
  private readonly posts = new Map<string, VkPostNumbers>();
  private readonly days = new Map<number, Map<string, VkDayNumbers>>();

  /** What is not named stays as it was. */
  setPost(groupId: number, postId: number, numbers: Partial<VkPostNumbers>): VkPostNumbers {
    const changed = { ...this.ofPost(-groupId, postId), ...known(numbers, NO_POST_NUMBERS) };
    this.posts.set(`${-groupId}_${postId}`, changed);
    return changed;
  }

  /** @param day a date of Moscow's calendar, `2026-11-24`; a day that nobody set is missing from the statistics */
  setDay(groupId: number, day: string, numbers: Partial<VkDayNumbers>): VkDayNumbers {
    const days = this.days.get(groupId) ?? new Map<string, VkDayNumbers>();
    const changed = { ...(days.get(day) ?? NO_DAY_NUMBERS), ...known(numbers, NO_DAY_NUMBERS) };
    this.days.set(groupId, days.set(day, changed));
    return changed;
  }

  ofPost(ownerId: number, postId: number): VkPostNumbers {
    return this.posts.get(`${ownerId}_${postId}`) ?? NO_POST_NUMBERS;
  }

  /** Oldest first. */
  daysOf(groupId: number): readonly [day: string, numbers: VkDayNumbers][] {
    return [...(this.days.get(groupId) ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}

function known<Numbers extends object>(numbers: Partial<Numbers>, all: Numbers): Partial<Numbers> {
  const strange = Object.keys(numbers).find((name) => !(name in all));
  if (strange !== undefined) throw new Error(`VK counts no ${strange}; it counts ${Object.keys(all).join(', ')}`);
  return numbers;
}
