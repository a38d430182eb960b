import 'reflect-metadata';
import { demo } from './apps/demo/demo.app.js';
import { runCleanly } from './apps/lifetime.js';

await runCleanly((life) => demo(life, process.argv.slice(2)));
