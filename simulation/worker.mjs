// One core's share of a run: takes ranges of seeds, or one planted mistake to hunt, until there are no more.
import { parentPort, workerData } from 'node:worker_threads';

const { runSeeds, hunt } = await import(`${workerData.folder}/runner.js`);

parentPort.on('message', async ({ from, to, planted, most }) => {
  const answer = most === undefined ? await runSeeds(from, to) : { planted, found: await hunt(planted, most) };
  parentPort.postMessage(answer);
});
