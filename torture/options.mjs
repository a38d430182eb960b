import { spawnSync } from 'node:child_process';
import { readOptions as read } from '../scripts/options.mjs';

export const USAGE = `npm run torture -- [options]

  --seed <n>               of the plan of faults and actions; default: from the time
  --minutes <n>            how long faults last; calm and checks take up to seven minutes more (default 3)
  --queue postgres|redis   where the queue lives (default postgres; redis needs redis-server)
  --workers <n>            worker processes (default 3)
  --rate <n>               posts a minute, each on two pages (default 40)
  --patience <seconds>     how late a post may be that is due after the faults (default 10); more on a machine that does other work
  --without <a,b>          faults to leave out, by name
  --keep                   keep the run's folder also when all is well
  --check <folder>         only let the oracle judge the evidence of an earlier run
  --self-test [folder]     plant violations in evidence, made up or of a run, and see that the oracle finds each
`;

export function readOptions() {
  const { values, positionals } = read(USAGE, {
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '3' },
      queue: { type: 'string', default: 'postgres' },
      rate: { type: 'string', default: '40' },
      workers: { type: 'string', default: '3' },
      patience: { type: 'string', default: '10' },
      without: { type: 'string', default: '' },
      keep: { type: 'boolean', default: false },
      check: { type: 'string' },
      'self-test': { type: 'boolean', default: false },
    },
  });
  const options = {
    seed: number('seed', values.seed ?? String(Date.now() % 1_000_000), 0, 4_294_967_295),
    minutes: number('minutes', values.minutes, 0.2, 120),
    queue: values.queue,
    rate: number('rate', values.rate, 1, 120),
    workers: number('workers', values.workers, 2, 16),
    patience: number('patience', values.patience, 1, 120),
    without: values.without.split(',').filter((name) => name !== ''),
    keep: values.keep,
    check: values.check,
    selfTest: values['self-test'],
    folder: positionals[0],
  };
  if (!['postgres', 'redis'].includes(options.queue)) throw new UsageError('--queue is postgres or redis');
  if (options.queue === 'redis' && spawnSync('redis-server', ['--version']).status !== 0) {
    throw new UsageError('--queue redis needs redis-server, which is not installed');
  }
  return options;
}

export class UsageError extends Error {}

function number(name, text, low, high) {
  const value = Number(text);
  if (!(value >= low && value <= high)) throw new UsageError(`--${name} is a number from ${low} to ${high}`);
  return value;
}

export function replayCommand({ seed, minutes, queue, rate, workers, patience, without }) {
  const left = without.length > 0 ? ` --without ${without.join(',')}` : '';
  return `npm run torture -- --seed ${seed} --minutes ${minutes} --queue ${queue} --rate ${rate} --workers ${workers} --patience ${patience}${left}`;
}
