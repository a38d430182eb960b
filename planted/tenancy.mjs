/** Bugs in keeping contractors apart, and in the record of who did what. */
export const TENANCY = [
  {
    name: 'session-level GUC',
    bug: 'the tenant is set for the session, so the next borrower of the connection inherits it',
    level: 'isolation',
    suite: 'test/isolation/unit-of-work.spec.ts',
    alarm: 'leaves no tenant behind on a connection',
    edits: [
      {
        file: 'src/platform/database/scope.ts',
        find: 'set local app.contractor_id =',
        replace: 'set app.contractor_id =',
      },
    ],
  },
  {
    name: 'missing FORCE',
    bug: 'row-level security is enabled and not forced: the owner of the tables sees every tenant',
    level: 'isolation',
    suite: 'test/isolation/catalogue.spec.ts',
    alarm: 'row-level security is forced, so that it holds for the owner too',
    edits: [
      {
        file: 'migrations/row-level-security.ts',
        find: 'alter table ${table} force row level security;',
        replace: '',
      },
    ],
  },
  {
    name: 'cache key w/o tenant',
    bug: 'stored answers, the one cache there is, are found by their Idempotency-Key alone',
    level: 'isolation',
    suite: 'test/isolation/catalogue.spec.ts',
    alarm: 'every unique index carries the contractor, so that nobody learns of a stranger by a collision',
    edits: [
      {
        file: 'migrations/1-platform.ts',
        find: 'primary key (contractor_id, actor_id, key)',
        replace: 'primary key (key)',
      },
    ],
  },
  {
    name: 'foreign id in body unchecked',
    bug: 'a new API key or invitation may name clients that nobody has looked for',
    level: 'isolation',
    suite: 'test/isolation/route-walk.spec.ts',
    alarm: "apiKeysCreate answers to another agency's id exactly as to one that does not exist",
    edits: [
      {
        file: 'src/modules/identity/known-clients.service.ts',
        find: 'for (const id of clientIds) {',
        replace: 'for (const id of clientIds.slice(0, 0)) {',
      },
    ],
  },
  {
    name: 'audit outside tx',
    bug: 'the audit entry is written in a transaction of its own, and stays when the deed is rolled back',
    level: 'journey',
    suite: 'test/journeys/audit.spec.ts',
    alarm: 'of a deed that was refused half-way does not exist',
    edits: [
      {
        file: 'src/modules/audit/audit.service.ts',
        find: 'return this.entries.append(tx, this.ids.next(), who, fact);',
        replace: `void tx;
    const scope = { contractorId: who.contractorId, clientIds: 'all' as const };
    return this.work.forTenant(scope, (own) => this.entries.append(own, this.ids.next(), who, fact));`,
      },
    ],
  },
];
