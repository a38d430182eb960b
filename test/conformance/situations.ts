/** Ways in which a publication may stand when a statement meets it; `:id` is the publication, `:now` the database's clock. */
const set = (changes: string): string => `update publications set ${changes} where id = :id`;

const CLAIMED = `state = 'claimed', fence = 3, tries = 2, rung_at = :now - interval '2 seconds'`;
const SENDING = `${CLAIMED.replace('claimed', 'sending')}, first_sent_at = :now - interval '1 second', send_deadline = :now + interval '4 seconds'`;
const UNCLEAR = `state = 'unclear', fence = 3, tries = 1, looks = 1, first_sent_at = :now - interval '4 minutes', in_doubt = true, settles_at = :now - interval '2 minutes'`;
const PUBLISHED = `state = 'published', fence = 3, external_id = '77', url = 'there', published_at = :now - interval '1 minute'`;
const ATTEMPT = `insert into publication_attempts (contractor_id, id, client_id, publication_id, number, fence, marker, started_at)
  select contractor_id, '00000000-0000-7000-8000-000000000a01', client_id, id, 1, 3, marker, :now from publications where id = :id`;
const WITHDRAWN = `withdraw_requested_at = :now - interval '9 seconds'`;

export const STATES: Readonly<Record<string, readonly string[]>> = {
  scheduled: [],
  'not due yet': [set(`due_at = :now + interval '1 millisecond', next_try_at = :now + interval '1 millisecond'`)],
  'due at this instant': [set(`due_at = :now, next_try_at = :now`)],
  'to be tried later': [set(`next_try_at = :now + interval '1 second', rung_at = :now - interval '40 seconds'`)],
  'as late as allowed': [set(`due_at = :now - max_lateness`)],
  'too late': [set(`due_at = :now - max_lateness - interval '1 millisecond'`)],
  'scheduled and unprepared': [set(`prepared_at = null, prepare_rung_at = :now - interval '2 minutes'`)],
  'scheduled against a wish': [set(WITHDRAWN)],
  claimed: [set(`${CLAIMED}, lease_until = :now + interval '1 millisecond'`), ATTEMPT],
  'claimed, lease at its end': [set(`${CLAIMED}, lease_until = :now`), ATTEMPT],
  'claimed, lease over': [set(`${CLAIMED}, lease_until = :now - interval '1 millisecond'`), ATTEMPT],
  'claimed, lease over for the third time': [
    set(`${CLAIMED}, lease_until = :now - interval '1 millisecond'`),
    set('tries = 3'),
    lost(1, 'no-answer'),
    lost(2, 'no-answer'),
    ATTEMPT.replace('id, 1, 3', 'id, 3, 3'),
  ],
  'claimed, lease over for the third time, another end between': [
    set(`${CLAIMED}, lease_until = :now - interval '1 millisecond'`),
    set('tries = 3'),
    lost(1, 'no-answer'),
    lost(2, 'released'),
    ATTEMPT.replace('id, 1, 3', 'id, 3, 3'),
  ],
  'sending, lease over for the third time': [
    set(`${SENDING}, lease_until = :now - interval '1 millisecond'`),
    set('tries = 3'),
    lost(1, 'no-answer'),
    lost(2, 'no-answer'),
    ATTEMPT.replace('id, 1, 3', 'id, 3, 3'),
  ],
  'claimed by another': [set(`${CLAIMED}, lease_until = :now + interval '20 seconds'`), set('fence = 4'), ATTEMPT],
  'claimed against a wish': [set(`${CLAIMED}, lease_until = :now + interval '20 seconds', ${WITHDRAWN}`), ATTEMPT],
  sending: [set(`${SENDING}, lease_until = :now + interval '20 seconds'`), ATTEMPT],
  'sending by another': [set(`${SENDING}, lease_until = :now + interval '20 seconds'`), set('fence = 4'), ATTEMPT],
  'sending, lease over': [set(`${SENDING}, lease_until = :now - interval '1 second'`), ATTEMPT],
  'sending, almost too late': [set(`${SENDING}, lease_until = :now, due_at = :now - max_lateness`), ATTEMPT],
  'sending against a wish': [set(`${SENDING}, lease_until = :now + interval '20 seconds', ${WITHDRAWN}`), ATTEMPT],
  unclear: [set(`${UNCLEAR}, next_look_at = :now`), ATTEMPT],
  'unclear, look later': [set(`${UNCLEAR}, next_look_at = :now + interval '1 millisecond'`)],
  'unclear, marker at its end': [set(`${UNCLEAR}, next_look_at = :now`), set(`first_sent_at = :now - interval '50 minutes'`)],
  'unclear, settled this instant': [set(`${UNCLEAR}, next_look_at = :now`), set(`settles_at = :now`)],
  'unclear, settles in a moment': [set(`${UNCLEAR}, next_look_at = :now`), set(`settles_at = :now + interval '1 millisecond'`)],
  'unclear, looked for as long as we do': [
    set(`${UNCLEAR}, next_look_at = :now`),
    set(`settles_at = :now - interval '50 minutes'`),
  ],
  'unclear for too long': [
    set(`${UNCLEAR}, next_look_at = :now`),
    set(`settles_at = :now - interval '50 minutes 1 millisecond'`),
  ],
  'unclear, sent with another marker': [set(`${UNCLEAR}, next_look_at = :now`), ATTEMPT, set(`marker = 'another'`)],
  'unclear, its lease was found over': [
    set(`${UNCLEAR}, next_look_at = :now`),
    ATTEMPT,
    `update publication_attempts set ended_at = :now, outcome = 'unclear' where publication_id = :id`,
  ],
  'unclear, never sent': [set(`${UNCLEAR}, next_look_at = :now`), set(`first_sent_at = null`)],
  'unclear against a wish': [set(`${UNCLEAR}, next_look_at = :now, ${WITHDRAWN}`)],
  published: [set(PUBLISHED)],
  'published, gone from the page': [set(`${PUBLISHED}, drift = 'deleted'`)],
  'published against a wish': [set(`${PUBLISHED}, ${WITHDRAWN}, next_look_at = :now`)],
  refused: [set(`state = 'refused', tries = 1`)],
  held: [set(`state = 'held', tries = 1, first_sent_at = :now - interval '1 hour'`)],
  'held in doubt': [set(`state = 'held', fence = 3, in_doubt = true, settles_at = :now - interval '1 hour'`), ATTEMPT],
  'held in doubt against a wish': [set(`state = 'held', in_doubt = true, ${WITHDRAWN}`)],
  'to be repeated until this instant': [set(`repeat_until = :now`), ATTEMPT],
  'to be repeated until a moment later': [set(`repeat_until = :now + interval '1 millisecond'`)],
  'claimed to be repeated, too late': [
    set(`${CLAIMED}, lease_until = :now + interval '20 seconds', repeat_until = :now`),
    ATTEMPT,
  ],
  'held against a wish': [set(`state = 'held', ${WITHDRAWN}`)],
  byHand: [set(`state = 'byHand'`)],
  withdrawn: [set(`state = 'withdrawn', ${WITHDRAWN}`)],
  abandoned: [set(`state = 'abandoned'`)],
  deleted: [set(`${PUBLISHED}, ${WITHDRAWN}`), set(`state = 'deleted'`)],
};

/** Gates that may be shut when a publication is due. */
export const GATES: Readonly<Record<string, string>> = {
  'contractor suspended': `update contractors set status = 'suspended'`,
  'approval gone': `update posts set status = 'draft', approved_hash = null`,
  'another content approved': `update posts set approved_hash = 'another'`,
  'contract ended this instant': `update contracts set ends_at = :now`,
  'contract ends in a moment': `update contracts set ends_at = :now + interval '1 millisecond'`,
  'contract begins this instant': `update contracts set starts_at = :now`,
  'contract begins in a moment': `update contracts set starts_at = :now + interval '1 millisecond'`,
  'contract terminated': `update contracts set status = 'terminated', terminated_at = :now`,
  'page broken': `update pages set status = 'broken'`,
  'page disconnected': `update pages set status = 'disconnected'`,
  'the database’s clock in doubt': `insert into clock_doubts (jump_seconds) values (3600)`,
  'a doubt that was cleared': `insert into clock_doubts (jump_seconds, confirmed_at, confirmed_by) values (3600, :now, 'operator')`,
  'quiet from this instant': quiet(`:now, null`),
  'quiet until this instant': quiet(`:now - interval '1 hour', :now`),
  'quiet until a moment later': quiet(`:now - interval '1 hour', :now + interval '1 millisecond'`),
  'quiet in a moment': quiet(`:now + interval '1 millisecond', null`),
  'quiet in the client’s region': quiet(`:now, null`, { region: '41' }),
  'quiet in the client’s region, ended this instant': quiet(`:now - interval '1 hour', :now`, { region: '41' }),
  'quiet in another region': quiet(`:now, null`, { region: '77' }),
  'quiet in a region, and nobody said where the client is': `update clients set region_code = null; ${quiet(`:now, null`, { region: '41' })}`,
};

function quiet(fromTo: string, { region }: { region?: string } = {}): string {
  return `insert into quiet_periods (contractor_id, id, kind, title, region_code, starts_at, ends_at, created_by)
    select contractor_id, '00000000-0000-7000-8000-000000000b01', 'other', '', ${region ? `'${region}'` : 'null'}, ${fromTo},
      scheduled_by from publications where id = :id`;
}

/** An attempt that ended before. */
function lost(number: number, code: string): string {
  return `insert into publication_attempts (contractor_id, id, client_id, publication_id, number, fence, marker, started_at, ended_at, outcome, reason)
    select contractor_id, '00000000-0000-7000-8000-000000000e0${number}', client_id, id, ${number}, ${number}, marker, :now, :now, 'released',
      '{"code": "${code}", "message": ""}' from publications where id = :id`;
}
