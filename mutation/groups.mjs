// What is mutated, and which tests have to notice. docs/mutation.md says why a file stands where it stands.

const publishing = (...names) => names.map((name) => `src/modules/publishing/${name}.ts`);

export const GROUPS = {
  /** Decides without a database or a network. Judged by the unit specs beside the code. */
  pure: {
    mutate: [
      ...publishing('attachments', 'budget', 'check', 'day-cap', 'decision', 'hold-reasons', 'parking', 'publication'),
      ...publishing('suitability'),
      ...['client', 'requisites', 'roles'].map((name) => `src/modules/tenancy/${name}.ts`),
      ...['scope', 'versioned-update', 'work'].map((name) => `src/platform/database/${name}.ts`),
      'src/platform/http/access.ts',
      'src/platform/crypto/sealing.ts',
    ],
    tests: ['src/modules/(publishing|tenancy)/[^.]*\\.spec\\.ts$', 'src/platform/(database|http|crypto)/.*\\.spec\\.ts$'],
  },
  /** The engine: judged by unit specs and by simulated histories of faults. */
  services: {
    mutate: [
      ...publishing('sending.service', 'resolution.service', 'deletion.service', 'preparation.service', 'dispatch.service'),
      ...publishing('uploader.service', 'publication-reader.service', 'hold-unapproved.job'),
    ],
    tests: ['src/modules/publishing/.*\\.(service|job)\\.spec\\.ts$', 'mutation/histories\\.spec\\.ts$'],
  },
};
