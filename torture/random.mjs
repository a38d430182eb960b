/** A seeded source of choices (mulberry32): the same seed makes the same plan. Timing is real, so runs of a seed resemble each other and are not equal. */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** In [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability) {
    return this.next() < probability;
  }

  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** @param weighted pairs of value and weight */
  weighted(weighted) {
    const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * total;
    return (weighted.find(([, weight]) => (left -= weight) < 0) ?? weighted.at(-1))[0];
  }

  /** A source of its own, so that what one actor draws does not depend on how fast another one is. */
  fork(salt) {
    return new Random(Math.imul(this.state ^ (salt * 0x9e3779b1), 0x85ebca6b));
  }
}
