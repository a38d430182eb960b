import { readCommandLine } from './sandbox/command-line.js';
import { describeSandbox } from './sandbox/describe-sandbox.js';
import { startSandbox } from './sandbox/start-sandbox.js';

const sandbox = await startSandbox(readCommandLine(process.argv.slice(2)));
process.stdout.write(describeSandbox(sandbox));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
