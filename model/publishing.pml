/*
 * The publishing protocol: one publication (a post on one page) and everyone who can touch it at the same time.
 * docs/publishing-protocol.md explains it in words; `npm run model` checks the policy and every weakened variant.
 *
 * Two workers, two resolvers, a sweeper, a network that loses, delays and garbles, withdrawals at any instant, an edit, a
 * contract that ends, a person who schedules again. A worker may die at any step. Nothing is timed: anyone may stand still
 * between any two steps for as long as the others please, and a lease may run out at any instant. Time appears only as what
 * it guarantees:
 *   A1  no byte of a send leaves after its deadline
 *   A2  the effect of a request comes within the settle time, so before the first look
 *   A3  a look-up that shows the newest post we know may lack ours in the first look, but not in the second, a minute later
 * Each `atomic` is one statement of the database or one step of the network. The fence is not a number here: raising it is
 * to say who alone holds the current one, and that no look begun before counts.
 *
 * Situations: VK (otherwise OK), RESEND (otherwise hold), LYING_LOOKS (A3 does not hold, and nobody schedules again).
 * Every other switch weakens one clause.
 */

#ifndef TRIES
#define TRIES 3 /* claims before it is too late */
#endif
#ifdef ONE_LOOK
#define NEGATIVE_LOOKS 1
#else
#define NEGATIVE_LOOKS 2
#endif
#define UNCONTROLLED_LOOKS 2
#define NOBODY 2

mtype = { scheduled, claimed, sending, published, refused, unclear, held, withdrawn, abandoned, deleted };
mtype = { none, gateShut, needsPerson, absent, cannotLook, several }; /* why it is held */
mtype = { idle, flying, landed, dropped };                            /* a request */
mtype = { success, doubt, refusal, later, person };                   /* what came of a send */
mtype = { found, negative, noControl, failed, tooLate };              /* what a look shows; or `several` */

/* The row of the publication. */
mtype state = scheduled;
mtype reason = none;
byte holder = NOBODY;     /* the worker with the current fence */
byte tries = 0, looks = 0, uncontrolled = 0;
bool wish = false;        /* a withdrawal waits for the outcome */
bool settling = false;    /* the next look waits for the settle time, not only for a minute */
bool doubted = false;     /* an attempt with this marker ended unclear */
bool sentBefore = false;  /* first_sent_at is set */

/* The rows of the post, the contract and the page. An edit is a lost approval: the new text is another content. */
bool approved = true, locked = false, gate = true;

/* The network. */
mtype request[2] = idle;
bool mayStillSend[2] = false; /* past the point of no return, the deadline not yet */
byte flyingOn = 0;            /* requests on their way for which nobody waits any more */
byte wall = 0;                /* how often the post stands there */
bool guidKnown = false;       /* VK would recognise a repeat */
bool fresh = false;           /* the first send is less than 50 minutes ago */

/* The looks under way: what the row said when they began. */
bool sameDoubt[2] = false;
byte looksRead[2] = 0;
mtype shown[2] = none;

/* For the properties alone. */
byte effects = 0;
bool passed = false, passedShutGate = false, newsDropped = false;

bool mayPlanAgain = true;

#define NOTHING_FLIES (request[0] != flying && request[1] != flying && flyingOn == 0)
#define QUIET (NOTHING_FLIES && !mayStillSend[0] && !mayStillSend[1])
#ifdef NO_SETTLE_TIME
#define TIME_TO_LOOK true
#else
#define TIME_TO_LOOK (!settling || NOTHING_FLIES)
#endif

#ifdef RESEND
#define MAY_SEND_AGAIN true
#else
#ifdef VK
#ifdef MARKER_FOR_EVER
#define MAY_SEND_AGAIN true
#else
#define MAY_SEND_AGAIN fresh
#endif
#else
#define MAY_SEND_AGAIN false
#endif
#endif

/* A repeat that counts on the marker goes out only while VK remembers it. */
#if defined(VK) && !defined(RESEND) && !defined(MARKER_FOR_EVER) && !defined(MARKER_AGE_AT_LOOK_ONLY)
#define MARKER_GOOD (!doubted || fresh)
#else
#define MARKER_GOOD true
#endif

#define GATES (approved && gate && MARKER_GOOD)
#ifdef NO_GATES_AT_SEND
#define GATES_AT_SEND true
#else
#define GATES_AT_SEND (GATES && !wish)
#endif
#ifdef NO_FENCE_AT_SEND
#define HAS_CLAIM (state == claimed || state == sending)
#else
#define HAS_CLAIM (state == claimed && holder == me)
#endif
#ifdef NO_FENCE_AT_SETTLE
#define STILL_SENDING true
#else
#define STILL_SENDING (state == sending && holder == me)
#endif
#ifdef NO_FENCE_AT_LOOK
#define LOOK_COUNTS (state == unclear)
#else
#ifdef OLD_LOOK_COUNTS
#define LOOK_COUNTS (state == unclear && TIME_TO_LOOK)
#else
#define LOOK_COUNTS (state == unclear && sameDoubt[me] && looksRead[me] == looks)
#endif
#endif
#ifdef WISH_READ_BEFORE
#define WISH wishRead
#else
#define WISH wish
#endif
#ifdef SERVER_ERROR_REFUSES
#define ODD_ANSWER refusal
#else
#ifdef ODD_ANSWER_PUBLISHES
#define ODD_ANSWER success
#else
#define ODD_ANSWER doubt
#endif
#endif
/* Held, and the post may stand on the page. */
#define IN_DOUBT (reason == cannotLook || reason == several)
/* A person who decides while it is in doubt looks at the page, but people do not know how late a network may be. */
#ifdef DECIDE_AT_ONCE
#define LOOKED_FIRST (!(state == unclear || (state == held && IN_DOUBT)) || wall == 0)
#else
#define LOOKED_FIRST (!(state == unclear || (state == held && IN_DOUBT)) || (wall == 0 && QUIET))
#endif
#define OVER (state == published || state == refused || state == held || state == withdrawn || state == abandoned || state == deleted)

inline discard(look) {
  sameDoubt[look] = false;
#if !defined(NO_FENCE_AT_LOOK) && !defined(OLD_LOOK_COUNTS)
  looksRead[look] = 0;
  if :: shown[look] != none && shown[look] != found -> shown[look] = tooLate :: else fi
#endif
}
inline raiseFence(to) { holder = to; discard(0); discard(1) }
/* A look that began in one doubt says nothing in the next. */
inline endDoubt() { looks = 0; uncontrolled = 0; discard(0); discard(1) }
inline hold(why) { state = held; reason = why; endDoubt() }
inline publishedNow() { state = published; reason = none; endDoubt() }
inline lookAfterSettling() { state = unclear; reason = none; settling = true }

inline takeEffect() {
#if defined(VK) && !defined(MARKER_PER_ATTEMPT)
  if :: guidKnown :: else -> guidKnown = true; effects++; wall++ fi
#else
  if :: effects < 3 -> effects++; wall++ :: else fi
#endif
}

inline stopWaiting() {
  if :: request[me] == flying -> flyingOn++ :: else fi
}

proctype worker(bit me) {
  mtype outcome = none;
#ifdef WISH_READ_BEFORE
  bool wishRead;
#endif
endIdle:
  atomic { /* claim */
    state == scheduled && !wish && GATES && tries < TRIES ->
    state = claimed; tries++; raiseFence(me)
  };
  atomic { /* the point of no return, together with the lock on the post */
    if
    :: goto endIdle /* the worker dies */
    :: HAS_CLAIM && GATES_AT_SEND ->
       passedShutGate = passedShutGate || !gate || wish || !approved;
#ifndef NO_LOCK
       locked = true;
#endif
       state = sending; passed = true; mayStillSend[me] = true;
#ifdef VK
       if :: !sentBefore -> sentBefore = true; fresh = true :: else fi
#endif
    :: !(HAS_CLAIM && GATES_AT_SEND) ->
#ifdef LOCK_WITHOUT_SEND
       if :: approved -> locked = true :: else fi;
#endif
       if :: state == claimed && holder == me -> state = scheduled :: else fi; /* release */
       goto endIdle
    fi
  };
  atomic { /* send once */
    if
    :: mayStillSend[me] = false; goto endIdle
    :: mayStillSend[me] -> request[me] = flying
#ifdef NO_DEADLINE
    :: !mayStillSend[me] -> request[me] = flying
#endif
    :: outcome = later /* the deadline has passed, or there is no connection: not a byte has left */
    fi;
    mayStillSend[me] = false;
    if :: outcome == later -> goto settle :: else fi
  };
  atomic { /* the answer, or none */
    if
    :: request[me] == landed -> outcome = success
    :: request[me] == dropped -> outcome = refusal
    :: request[me] == dropped -> outcome = person
    :: request[me] == dropped -> outcome = later
    :: outcome = doubt; /* a time-out or a reset: the request may still be on its way */
       stopWaiting();
#ifdef CLIENT_RETRIES
       flyingOn++
#endif
    :: outcome = ODD_ANSWER; /* 5xx, HTML or a cut answer, before the effect or after it */
       stopWaiting()
    :: outcome = none;
       stopWaiting();
       request[me] = idle; goto endIdle
    fi;
    request[me] = idle
  };
settle:
#ifdef WISH_READ_BEFORE
  wishRead = wish;
#endif
  atomic {
    if
    :: STILL_SENDING ->
       if
       :: outcome == success -> publishedNow()
       :: outcome == doubt -> doubted = true; lookAfterSettling()
       :: outcome == refusal -> if :: WISH -> state = withdrawn :: else -> state = refused fi
       :: outcome == person -> if :: WISH -> state = withdrawn :: else -> hold(needsPerson) fi
       :: outcome == later -> if :: WISH -> state = withdrawn :: else -> state = scheduled fi
       fi
    :: else ->
       if
       :: outcome == success && state == unclear -> publishedNow()
       :: outcome == success && (state == held || state == scheduled || state == claimed) ->
#ifdef LATE_NEWS_DROPPED
          newsDropped = true
#else
          holder = NOBODY; publishedNow()
#endif
       :: else
       fi
    fi;
#ifdef WISH_READ_BEFORE
    wishRead = false;
#endif
    outcome = none; goto endIdle
  }
}

proctype resolver(bit me) {
#ifdef WISH_READ_BEFORE
  bool wishRead;
#endif
end:
  do
  :: atomic { /* read the row and look at the wall */
       state == unclear && TIME_TO_LOOK ->
       if :: settling -> mayStillSend[0] = false; mayStillSend[1] = false :: else fi;
       sameDoubt[me] = true; looksRead[me] = looks;
#ifdef WISH_READ_BEFORE
       wishRead = wish;
#endif
       if
       :: wall > 0 -> shown[me] = several /* somebody else posted the same, or we did twice */
       :: wall == 1 -> shown[me] = found
       :: wall == 0 -> shown[me] = negative
#ifdef LYING_LOOKS
       :: shown[me] = negative
#else
       :: wall > 0 && looks == 0 -> shown[me] = negative /* it lags */
#endif
#ifdef NO_CONTROL
       :: shown[me] = negative
#else
       :: shown[me] = noControl /* an old copy; or the newest post we know is out of sight, or gone */
#endif
       :: shown[me] = failed
       fi
     };
     atomic { /* conclude */
       if
       :: state == unclear && shown[me] == found -> publishedNow()
       :: LOOK_COUNTS && shown[me] == several -> hold(several)
       :: LOOK_COUNTS && shown[me] == failed -> hold(cannotLook)
       :: LOOK_COUNTS && shown[me] == noControl ->
          settling = false;
#ifndef ENDLESS_LOOKS
          uncontrolled++;
          if :: uncontrolled == UNCONTROLLED_LOOKS -> hold(cannotLook) :: else fi
#endif
       :: LOOK_COUNTS && shown[me] == negative ->
          settling = false;
          if
          :: looks + 1 < NEGATIVE_LOOKS -> looks++
          :: else ->
             endDoubt();
             if
             :: WISH -> state = withdrawn
             :: !WISH && MAY_SEND_AGAIN -> state = scheduled
             :: else -> hold(absent)
             fi
          fi
       :: else
       fi;
       sameDoubt[me] = false; looksRead[me] = 0; shown[me] = none
#ifdef WISH_READ_BEFORE
       ; wishRead = false
#endif
     }
  od
}

/* What becomes of a request: accepted, at once or late, or not. */
proctype network() {
end:
  do
  :: atomic { request[0] == flying -> request[0] = landed; takeEffect() }
  :: atomic { request[0] == flying -> request[0] = dropped }
  :: atomic { request[1] == flying -> request[1] = landed; takeEffect() }
  :: atomic { request[1] == flying -> request[1] = dropped }
  :: atomic { flyingOn > 0 -> flyingOn--; takeEffect() }
  :: atomic { flyingOn > 0 -> flyingOn-- }
#ifdef VK
  :: atomic { fresh -> fresh = false }                            /* 50 minutes after the first send */
  :: atomic { guidKnown && !fresh && QUIET -> guidKnown = false } /* ten minutes later */
#endif
  od
}

proctype sweeper() {
end:
  do
#ifndef NO_SWEEP
  :: atomic { state == claimed -> state = scheduled; raiseFence(NOBODY) } /* the lease ran out */
  :: atomic {
       state == sending -> raiseFence(NOBODY);
#ifdef SWEEP_SENDS_AGAIN
       state = scheduled
#else
       doubted = true; lookAfterSettling()
#endif
     }
#endif
  :: atomic { state == scheduled && (!GATES || tries == TRIES) -> hold(gateShut) }
  :: atomic { state == published && wish && wall > 0 -> wall-- } /* deleted on the network */
  :: atomic { state == published && wish && wall == 0 -> state = deleted }
  od
}

proctype people() {
end:
  do
#ifdef CHECK_THEN_ACT
  :: atomic { state == scheduled -> skip }; /* withdraw: read */
     atomic { state = withdrawn }           /* and then write */
#endif
  :: atomic { /* withdraw */
       state == scheduled || state == claimed || state == refused || (state == held && !(IN_DOUBT && wish)) ||
         (!wish && (state == sending || state == unclear || state == published)) ->
       if
       :: state == scheduled || state == refused -> state = withdrawn
       :: state == claimed -> state = withdrawn; raiseFence(NOBODY)
#ifdef DOUBTFUL_IS_WITHDRAWN
       :: state == held -> state = withdrawn
#else
       :: state == held && !IN_DOUBT -> state = withdrawn
       :: state == held && IN_DOUBT -> wish = true; raiseFence(NOBODY); lookAfterSettling()
#endif
#ifdef NAIVE_WITHDRAWAL
       :: state == sending || state == unclear -> state = withdrawn; raiseFence(NOBODY)
#else
       :: state == sending || state == unclear -> wish = true
#endif
       :: state == published -> wish = true
       fi;
       if :: state == withdrawn -> reason = none :: else fi
     }
  :: atomic { /* schedule or send again: a new decision, once */
       mayPlanAgain && LOOKED_FIRST && !(state == unclear && wish) &&
         (state == scheduled || state == refused || state == withdrawn || state == abandoned || state == held || state == unclear) ->
       mayPlanAgain = false;
       state = scheduled; reason = none; tries = 0; endDoubt();
       wish = false; sentBefore = false; fresh = false; doubted = false
     }
  :: atomic { /* give it up */
       LOOKED_FIRST && (state == refused || state == held || state == unclear) ->
       state = abandoned; reason = none; endDoubt()
     }
  :: atomic { approved && !locked && !OVER -> approved = false } /* edit, or take the approval back */
  :: atomic { gate && !OVER -> gate = false }                    /* the contract ends, the page is disconnected */
  od
}

/* Nobody can move any more: the publication must be settled, or held with a reason. */
proctype watch() {
  timeout -> assert(OVER && (state != held || reason != none))
}

init {
  atomic {
#ifdef LYING_LOOKS
    mayPlanAgain = false;
#endif
    run worker(0); run resolver(0); run network(); run sweeper(); run people(); run watch();
#ifndef ALONE
    run worker(1); run resolver(1)
#endif
  }
}

/* The properties; -DCHECK=… says which one is searched for a counterexample. Without one: does every run end? */
#define AT_MOST_ONCE (effects <= 1)
#define WITHDRAWN_IS_GONE (state == withdrawn -> wall == 0)
#define REFUSED_IS_ABSENT (state == refused -> wall == 0)
#define HELD_AS_ABSENT_IS_ABSENT (state == held && reason == absent -> wall == 0)
#define PUBLISHED_IS_THERE (state == published -> effects > 0)
#define ABANDONED_IS_GONE (state == abandoned -> wall == 0)
#define DELETED_IS_GONE (state == deleted -> wall == 0)
#define SENT_IS_APPROVED (passed -> approved)
#define GATES_OPEN_AT_SEND (!passedShutGate)
#define LOCKED_IS_SENT (locked -> passed)
#define WISH_IS_KEPT (wish -> state != scheduled && state != refused && !(state == held && reason == absent))
#define NEWS_IS_KEPT (!newsDropped)

#define EVERYTHING (AT_MOST_ONCE && WITHDRAWN_IS_GONE && REFUSED_IS_ABSENT && HELD_AS_ABSENT_IS_ABSENT && PUBLISHED_IS_THERE && \
  ABANDONED_IS_GONE && DELETED_IS_GONE && SENT_IS_APPROVED && GATES_OPEN_AT_SEND && LOCKED_IS_SENT && WISH_IS_KEPT && NEWS_IS_KEPT)
/* Without A3 a look-up proves nothing, and what follows from one is not claimed. Sending twice is still ruled out. */
#define EVERYTHING_BUT_LOOKS (AT_MOST_ONCE && PUBLISHED_IS_THERE && SENT_IS_APPROVED && GATES_OPEN_AT_SEND && LOCKED_IS_SENT && \
  WISH_IS_KEPT && NEWS_IS_KEPT)

/* These must break: that nothing goes wrong would mean little if nothing happened. */
#define NEVER_PUBLISHED (state != published)
#define NEVER_REFUSED (state != refused)
#define NEVER_HELD (state != held)
#define NEVER_WITHDRAWN (state != withdrawn)
#define NEVER_ABANDONED (state != abandoned)
#define NEVER_DELETED (state != deleted)
#define NEVER_SENT_AGAIN (!(state == published && doubted && tries == 2))

#ifdef CHECK
ltl property { [] (CHECK) }
#endif
