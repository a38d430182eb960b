// The thread that sets pages: typst is native code that blocks whoever calls it. One message is a template with its files, one answer its PDF.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const inter = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold'];
const fontBlobs = WEIGHTS.map((weight) => readFileSync(join(inter, weight, `Inter_${weight}.ttf`)));
// Everything it reads is a shadow below this name, which is no folder of the machine.
const compiler = NodeCompiler.create({ workspace: '/', fontArgs: [{ fontBlobs }] });

parentPort.on('message', ({ id, template, files, seconds }) => {
  try {
    for (const [name, bytes] of files) compiler.mapShadow(`/report/${name}`, Buffer.from(bytes));
    const pdf = compiler.pdf({ mainFileContent: template }, { creationTimestamp: seconds });
    parentPort.postMessage({ id, pdf });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.shortDiagnostics ? JSON.stringify(error.shortDiagnostics) : error) });
  } finally {
    for (const [name] of files) compiler.unmapShadow(`/report/${name}`);
    compiler.evictCache(3);
  }
});
