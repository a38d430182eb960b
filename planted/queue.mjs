/** Bugs in what the queue is trusted with. */
export const QUEUE = [
  {
    name: 'queue as truth',
    bug: 'what was rung for once is believed to be in the queue for ever',
    level: 'journey',
    suite: 'test/journeys/queue.spec.ts',
    alarm: 'C1 a queue that forgets everything loses no post',
    edits: [
      {
        file: 'src/modules/publishing/dispatch.store.ts',
        find: "RING_AGAIN = `interval '30 seconds'`",
        replace: "RING_AGAIN = `interval '1 year'`",
      },
    ],
  },
  {
    name: 'maxStalled default',
    bug: 'BullMQ gives a job up when a second worker died of it, as it does unless it is told otherwise',
    level: 'platform',
    suite: 'test/platform/queue-deaths.spec.ts',
    alarm: 'runs again after two workers were killed over it',
    edits: [
      {
        file: 'src/platform/queue/backend.ts',
        find: 'maxStalledCount: MAX_CRASHES - 1,',
        replace: 'maxStalledCount: 1,',
      },
    ],
  },
  {
    name: 'sweeper without SKIP LOCKED',
    bug: 'a round waits for a row that somebody else has locked',
    level: 'journey',
    suite: 'test/journeys/queue.spec.ts',
    alarm: 'a publication that somebody is changing holds up no other',
    edits: [
      {
        file: 'src/modules/publishing/turn.store.ts',
        find: 'for update of p skip locked',
        replace: 'for update of p',
      },
      {
        file: 'src/modules/publishing/dispatch.store.ts',
        find: 'for update of p skip locked',
        replace: 'for update of p',
      },
    ],
  },
  {
    name: 'relay without SKIP LOCKED',
    bug: 'a relay waits for the rows that another relay is sending',
    level: 'platform',
    suite: 'test/platform/queue-deaths.spec.ts',
    alarm: 'is relayed though another relay holds other rows',
    edits: [
      {
        file: 'src/platform/queue/outbox.store.ts',
        find: 'for update skip locked',
        replace: 'for update',
      },
    ],
  },
  {
    name: 'job tenant from payload',
    bug: 'a job works for whichever contractor its payload names, whoever wrote it',
    level: 'platform',
    suite: 'test/platform/queue-outbox.spec.ts',
    alarm: 'drops a row whose payload names another contractor than the row',
    edits: [
      {
        file: 'src/platform/queue/relay.ts',
        find: 'contractorId !== row.contractorId',
        replace: 'contractorId === undefined',
      },
    ],
  },
];
