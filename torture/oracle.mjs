import { CONTRACT_CHECKS } from './oracle-contracts.mjs';
import { FATE_CHECKS } from './oracle-fates.mjs';
import { FIGURE_CHECKS } from './oracle-figures.mjs';
import { PROMISE_CHECKS } from './oracle-promises.mjs';
import { view } from './oracle-view.mjs';
import { WALL_CHECKS } from './oracle-walls.mjs';

const CHECKS = { ...WALL_CHECKS, ...PROMISE_CHECKS, ...CONTRACT_CHECKS, ...FATE_CHECKS, ...FIGURE_CHECKS };

/**
 * Judges a run by its evidence alone: the sandbox's ledger, the bytes on the wire, what clients were told, the database and
 * the walls. Shares no code with what it judges.
 */
export function judge(evidence) {
  const facts = view(evidence);
  const [violations, checked, figures] = [[], {}, {}];
  for (const [check, run] of Object.entries(CHECKS)) {
    checked[check] = 0;
    run(facts, {
      checked: (count = 1) => void (checked[check] += count),
      violation: (what, about) => void violations.push({ check, what, about }),
      figure: (name, value) => void (figures[name] = value),
    });
  }
  delete checked.figures;
  return { violations, checked, figures, effects: facts.effects.length, sends: facts.sends.length };
}
