// The thread that sets pages: typst is native code that blocks whoever calls it. One message is a template with its files, one answer its PDF.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

// Words, and what people put between them.
const packageOf = (name) => dirname(createRequire(import.meta.url).resolve(`@expo-google-fonts/${name}/package.json`));
const [inter, emoji] = [packageOf('inter'), packageOf('noto-emoji')];
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold'];
const files = WEIGHTS.map((weight) => join(inter, weight, `Inter_${weight}.ttf`));
const fontBlobs = [...files, join(emoji, '400Regular', 'NotoEmoji_400Regular.ttf')].map((file) => readFileSync(file));
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
