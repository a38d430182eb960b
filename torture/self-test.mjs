import { readEvidence } from './evidence.mjs';
import { judge } from './oracle.mjs';
import { cleanEvidence } from './planted-evidence.mjs';
import { PLANTS } from './planted-violations.mjs';

/**
 * Who watches the watchman: clean evidence must pass, and each planted violation must be found by the check that is meant to
 * find it. @param folder a run's evidence to plant in; without it, a small made-up one.
 */
export async function selfTest(folder) {
  const clean = folder ? await readEvidence(folder) : cleanEvidence();
  const before = judge(clean).violations;
  for (const { check, what } of folder ? [] : before) say(`FALSE ALARM ${check}: ${what}`);
  let missed = folder ? 0 : before.length;
  for (const [name, { check, plant }] of Object.entries(PLANTS)) {
    const evidence = structuredClone(clean);
    // A run need not have met everything: without the thing there is nothing to plant in.
    if (plant(evidence) === 'nothing to plant in') {
      say(`skipped  ${name}: the run has nothing to plant it in`);
      if (!folder) missed += 1;
      continue;
    }
    const of = (violations) => violations.filter((one) => one.check === check);
    const found = of(judge(evidence).violations);
    // A run may have violations of its own: then there must be more of them, or others.
    const isNew = found.length > 0 && JSON.stringify(found) !== JSON.stringify(of(before));
    if (!isNew) missed += 1;
    say(`${isNew ? 'found  ' : 'MISSED '}  ${name}`);
  }
  say(missed === 0 ? 'The oracle finds every planted violation.' : `${missed} planted violations or alarms are wrong.`);
  return missed === 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
