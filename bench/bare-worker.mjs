// The least that anybody could do: a BullMQ job whose handler calls the network once. Nothing is claimed, recorded or settled.
import { openBackend } from '../dist/src/platform/queue/open-backend.js';

const [queueUrl, vkUrl] = process.argv.slice(2);
const backend = openBackend({ queueUrl, prefix: 'bare' }, 1);
const worker = backend.openWorker('bare', 20, async ({ data }) => {
  const body = new URLSearchParams({ v: '5.199', owner_id: data.owner, from_group: '1', guid: data.guid, message: data.text });
  const answer = await fetch(`${vkUrl}/method/wall.post`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${data.token}` },
  });
  await answer.json();
});
worker.on('error', () => undefined);
await worker.waitUntilReady();
process.send('ready');
process.on('SIGTERM', () => void worker.close().then(() => process.exit(0)));
await worker.run();
