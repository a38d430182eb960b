import 'reflect-metadata';
import { afterRestore } from './apps/restored.js';

const count = await afterRestore(process.env);
process.stdout.write(`Publications that were due are looked for on their pages before anything is sent: ${count}\n`);
