/** Bugs in claiming, sending, withdrawing and looking. */
export const SENDING = [
  {
    name: 'naive withdraw',
    bug: 'a withdrawal reads the state and writes “withdrawn” afterwards, whatever became of the row in between',
    level: 'conformance',
    suite: 'test/conformance/races.spec.ts',
    alarm: 'claimed: beginSending, then withdraw, and the first commits',
    edits: [
      {
        file: 'src/modules/publishing/publication.store.ts',
        find: 'async withdraw(tx: Tx, contractorId: string, id: string): Promise<PublicationState | undefined> {',
        replace: `async withdraw(tx: Tx, contractorId: string, id: string): Promise<PublicationState | undefined> {
    const before = await this.find(tx, contractorId, id);
    if (before && ['scheduled', 'claimed'].includes(before.state)) {
      await tx.query(
        \`update publications set state = 'withdrawn', lease_until = null, withdraw_requested_at = app_now(),
           fence = fence + case when state = 'claimed' then 1 else 0 end, version = version + 1, updated_at = app_now()
         where contractor_id = $1 and id = $2\`,
        [contractorId, id],
      );
      return 'withdrawn';
    }`,
      },
    ],
  },
  {
    name: 'check-then-act claim',
    bug: 'a worker asks whether it may claim, and claims by a second statement that asks nothing',
    level: 'conformance',
    suite: 'test/conformance/races.spec.ts',
    alarm: 'scheduled: claim, then claim, and the first commits',
    edits: [
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: "const rows = await tx.query<Pick<Claim, 'clientId' | 'fence' | 'tries' | 'budgetKey'>[]>(",
        replace: `const may = await tx.query<unknown[]>(
      \`select 1 from publications p where p.contractor_id = $1 and p.id = $2 and p.state = 'scheduled' and p.due_at <= app_now()
         and p.next_try_at <= app_now() and app_now() <= p.due_at + p.max_lateness and p.withdraw_requested_at is null and \${GATES}\`,
      [key.contractorId, key.publicationId],
    );
    if (may.length === 0) return undefined;
    const rows = await tx.query<Pick<Claim, 'clientId' | 'fence' | 'tries' | 'budgetKey'>[]>(`,
      },
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: "and p.state = 'scheduled' and p.due_at <= app_now() and p.next_try_at <= app_now()",
        replace: '',
      },
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: 'and app_now() <= p.due_at + p.max_lateness and p.withdraw_requested_at is null and ${GATES}',
        replace: '',
      },
    ],
  },
  {
    name: 'no fence on result write',
    bug: 'a worker that lost its lease writes its outcome over that of whoever sends now',
    level: 'conformance',
    suite: 'test/conformance/stores.spec.ts',
    alarm: 'settle refused, whatever the publication’s state',
    edits: [
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: "p.state = 'sending' and p.fence = $3`",
        replace: "p.state = 'sending' and $3::integer is not null`",
      },
    ],
  },
  {
    name: 'new guid per attempt',
    bug: 'each attempt carries a marker of its own, so VK can’t recognise a repeat',
    level: 'simulation',
    alarm: /was published \d+ times/,
    edits: [
      {
        file: 'src/modules/publishing/sending.service.ts',
        find: 'const { network, marker } = ready.publication;',
        replace: 'const { network } = ready.publication;\n    const marker = this.rows.ids.next();',
      },
    ],
  },
  {
    name: 'resend w/o settle',
    bug: 'an unclear outcome is looked for at once, before a late effect can show',
    level: 'simulation',
    alarm: /was published \d+ times/,
    edits: [
      {
        file: 'src/modules/publishing/publication.ts',
        find: 'SETTLE_SECONDS = 90;',
        replace: 'SETTLE_SECONDS = 0;',
      },
    ],
  },
  {
    name: 'lookup without positive control',
    bug: 'a page that does not show our newest known post is believed all the same',
    level: 'simulation',
    alarm: /was published \d+ times|is called \w+ and stands on the page/,
    edits: [
      {
        file: 'src/modules/publishing/resolution.service.ts',
        find: 'return seen.some((post) =>',
        replace: 'return seen.length >= 0 || seen.some((post) =>',
      },
    ],
  },
  {
    name: 'due by worker clock',
    bug: 'whether a publication is due is asked by the clock of the worker, not by that of the database',
    level: 'journey',
    suite: 'test/journeys/clocks.spec.ts',
    alarm: 'two hours fast sends nothing before its time',
    edits: [
      {
        file: 'src/modules/publishing/sending.service.ts',
        find: 'await claims.claim(tx, key, ids.next());',
        replace: 'await claims.claim(tx, key, ids.next(), this.tools.clock.now());',
      },
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: 'async claim(tx: Tx, key: PublicationKey, attemptId: string): Promise<Claim | undefined> {',
        replace: 'async claim(tx: Tx, key: PublicationKey, attemptId: string, now: Date): Promise<Claim | undefined> {',
      },
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: 'and p.due_at <= app_now() and p.next_try_at <= app_now()',
        replace: 'and p.due_at <= $4 and p.next_try_at <= $4',
      },
      {
        file: 'src/modules/publishing/claim.store.ts',
        find: '[key.contractorId, key.publicationId, attemptId],',
        replace: '[key.contractorId, key.publicationId, attemptId, now],',
      },
    ],
  },
];
