import 'reflect-metadata';
import { writeOpenApi } from './apps/openapi.js';

await writeOpenApi('docs/openapi.json', process.argv.includes('--check') ? 'check' : 'write');
