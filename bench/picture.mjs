const WIDTH = 50;
const STEPS = 12;

/** How many of the posts are out as time goes by, and how many the budgets would have allowed by then: a line for each instant. */
export function outByThen(measured, allowed) {
  const end = Math.max(...measured, ...allowed);
  const bars = Array.from({ length: STEPS }, (_, i) => {
    const at = (end * (i + 1)) / STEPS;
    const out = cells(measured, at);
    const possible = Math.max(out, cells(allowed, at));
    return `${`${(at / 1_000).toFixed(1)} s`.padStart(8)}  ${'█'.repeat(out)}${'·'.repeat(possible - out)}`;
  });
  return [`${''.padStart(8)}  █ out by then   · what the budgets allow besides`, ...bars].join('\n');
}

function cells(instants, at) {
  return Math.round((WIDTH * instants.filter((instant) => instant <= at).length) / instants.length);
}
