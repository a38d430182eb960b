import 'reflect-metadata';
import { afterRestore } from './apps/restored.js';
import { parseConfig } from './platform/config/config.js';

const count = await afterRestore(parseConfig(process.env));
process.stdout.write(`Publications that were due are looked for on their pages before anything is sent: ${count}\n`);
