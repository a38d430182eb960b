import { readFile, writeFile } from 'node:fs/promises';
import { parseConfig } from '../platform/config/config.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { createServer } from '../platform/http/server.js';
import { ApiModule } from './api.module.js';

/** Enough configuration to build the routes; nothing is connected to. */
const NOWHERE = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  DATABASE_SYSTEM_URL: 'postgres://nobody@127.0.0.1:1/none',
  SECRET_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
  ACCESS_TOKEN_SECRET: 'only to build the document, never to serve',
};

/** Writes the OpenAPI document, or fails when the committed one is not what the code says. */
export async function writeOpenApi(path: string, mode: 'write' | 'check'): Promise<void> {
  const app = await createServer(ApiModule.with(parseConfig(NOWHERE)), {
    ...{ corsOrigins: [], trustedProxies: [], logger: false, maxFileBytes: 0 },
    preview: true,
  });
  const text = `${JSON.stringify(openApiDocument(app, 'https://api.vestnik.example'), null, 2)}\n`;
  if (mode === 'write') return writeFile(path, text);
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed !== text) throw new Error(`${path} is not what the code says: run "npm run openapi" and commit it`);
}
