/** Bugs in what people agreed to: which text, which photos, until when. */
export const CONTENT = [
  {
    name: 'approval not bound to revision',
    bug: 'a post goes out when anything of it has been approved, not when exactly this content has',
    level: 'conformance',
    suite: 'test/conformance/stores.spec.ts',
    alarm: 'beginSending, whichever gate is shut',
    edits: [
      {
        file: 'migrations/6-content.ts',
        find: 'p.approved_hash = hash)',
        replace: 'p.approved_hash is not null)',
      },
    ],
  },
  {
    name: 'approval of what nobody read',
    bug: 'a decision counts for the text as it stands, whatever the decider had on the screen',
    level: 'journey',
    suite: 'test/journeys/approvals.spec.ts',
    alarm: 'is bound to what was read: a decision about an older text is refused',
    edits: [
      {
        file: 'src/modules/content/approvals.service.ts',
        find: 'if (contentHash !== post.contentHash) throw',
        replace: 'if (contentHash === undefined) throw',
      },
    ],
  },
  {
    name: 'media not bound',
    bug: 'an approval is bound to the texts and the number of files, not to the files',
    level: 'unit',
    suite: 'src/modules/content/content-hash.spec.ts',
    alarm: 'the content hash changes with the order of photos',
    edits: [
      {
        file: 'src/modules/content/content-hash.ts',
        find: "media.map(({ kind, sha256: bytes, title }) => (kind === 'photo' ? bytes : [kind, bytes, title])),",
        replace: 'media.length,',
      },
    ],
  },
  {
    name: 'export without snapshot',
    bug: 'a report reads each of its parts as it is when its turn comes, not everything as of one instant',
    level: 'journey',
    suite: 'test/journeys/reports.spec.ts',
    alarm: 'is of one instant: what changes while it is read stands in no part of it',
    edits: [
      {
        file: 'src/modules/reports/report.store.ts',
        find: "await tx.query('set transaction isolation level repeatable read');",
        replace: "await tx.query('set transaction isolation level read committed');",
      },
    ],
  },
  {
    name: 'contract in UTC',
    bug: 'the days of a contract begin and end at midnight in Greenwich',
    level: 'unit',
    suite: 'src/modules/contracts/contract.spec.ts',
    alarm: 'that ends on 31 December in Asia/Kamchatka',
    edits: [
      {
        file: 'src/modules/contracts/contract.ts',
        find: 'endsAt: endOfDay(terms.endsOn, timeZone)',
        replace: "endsAt: endOfDay(terms.endsOn, timeZone && 'UTC')",
      },
    ],
  },
];
