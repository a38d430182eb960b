/** Stryker stops at the first test that fails: histories come last, because they take longest. */
export default class QuickTestsFirst {
  sort(tests) {
    const rank = ({ path }) => (path.includes('histories') ? 1 : 0);
    return [...tests].sort((one, other) => rank(one) - rank(other));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
