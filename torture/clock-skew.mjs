// Preloaded with `node --import`: this process's wall clock is off by TORTURE_CLOCK_SKEW_MS. The monotonic clock and timers are
// not, as on a machine whose clock was set wrong.
const skew = Number(process.env.TORTURE_CLOCK_SKEW_MS ?? 0);
const RealDate = Date;

class SkewedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + skew);
    else super(...given);
  }

  static now() {
    return RealDate.now() + skew;
  }
}

if (skew !== 0) globalThis.Date = SkewedDate;
