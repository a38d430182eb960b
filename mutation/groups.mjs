// What is mutated, and which tests have to notice. docs/mutation.md says why a file stands where it stands.

const publishing = (...names) => names.map((name) => `src/modules/publishing/${name}.ts`);

/** Runs in the simulation as well. */
const ENGINE = [
  ...publishing('sending.service', 'resolution.service', 'deletion.service', 'preparation.service', 'dispatch.service'),
  ...publishing('uploader.service', 'publication-reader.service', 'hold-unapproved.job'),
];

export const GROUPS = {
  /** Decides without a database or a network. */
  pure: [
    ...publishing('attachments', 'budget', 'check', 'day-cap', 'decision', 'hold-reasons', 'parking', 'publication'),
    ...publishing('suitability', 'edit', 'alarm', 'clock-jump'),
    ...['requisites', 'roles'].map((name) => `src/modules/tenancy/${name}.ts`),
    ...['scope', 'versioned-update', 'work'].map((name) => `src/platform/database/${name}.ts`),
    'src/platform/http/access.ts',
    'src/platform/crypto/sealing.ts',
  ],
  /** Asks stores, networks and other modules. */
  services: [
    ...ENGINE,
    ...publishing('scheduling.service', 'decisions.service', 'reviews.service', 'quiet-periods.service'),
    ...publishing('checks.service', 'reconciliation.service', 'budgets.service', 'capacity.service'),
    ...publishing('editing.service', 'edit-requests.service', 'edit-reader.service', 'corrections.service'),
    ...publishing('publishing-parts.service', 'publications.service', 'outside-posts.service', 'page-standing.service'),
    ...publishing(
      'watch.service',
      'clock-guard.service',
      'readiness.service',
      'restoration.service',
      'check-turns.service',
      'past-contract.service',
    ),
    ...['clients.service', 'contractors.service'].map((name) => `src/modules/tenancy/${name}.ts`),
  ],
};

/** The tests that judge a file: the spec beside it, and for the engine some of the simulation's histories. */
export function testsOf(file) {
  const spec = file.replace(/\.ts$/, '.spec.ts');
  return ENGINE.includes(file) ? [spec, 'mutation/histories.spec.ts'] : [spec];
}
