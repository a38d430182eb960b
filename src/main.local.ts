import 'reflect-metadata';
import { runCleanly } from './apps/lifetime.js';
import { local } from './apps/local.app.js';

await runCleanly(local);
