import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, type Lifetime } from '../lifetime.js';
import { type LocalFolders, makeFolders } from '../local.folders.js';
import { newSecrets } from '../local.secrets.js';
import { type LocalSystem, startLocal } from '../local.system.js';
import { PASSWORD } from './agency.chapter.js';
import { ApiClient } from './api-client.js';
import { Printer } from './printer.js';
import type { Person } from './stage.js';
import { playStory } from './story.js';
import { Walls } from './walls.js';

/** `npm run demo`: plays the main story on a database of its own, which is gone afterwards. `--once` ends with the story. */
export async function demo(life: Lifetime, args: readonly string[]): Promise<void> {
  const unknown = args.filter((arg) => arg !== '--once');
  if (unknown.length > 0) throw new Failure(`Unknown: ${unknown.join(' ')}. The demo takes --once, or nothing`);
  const printer = new Printer(process.stdout);
  const say = (line: string) => printer.line(printer.styled(line, 'dim'));
  printer.line(printer.styled('Vestnik: from a contract to a post on two networks, through the public API alone', 'bold'));
  const folders = await openTemporaryFolders(life);
  const system = await startLocal(life, { folders, secrets: newSecrets(), durable: false, logLevel: 'error', say });
  const { baseUrl, sandbox } = system;
  const stage = {
    printer,
    sandbox,
    life,
    api: new ApiClient(baseUrl, life.signal),
    walls: new Walls(sandbox.wallsUrl, life.signal),
  };
  const people = await playStory(stage);
  printer.line(`\n${printer.styled('All of it worked', 'green')}, in ${Math.round(process.uptime())} s.`);
  if (args.includes('--once')) return;
  printer.line(invitation(system, people));
  await life.untilStopped();
}

function openTemporaryFolders(life: Lifetime): Promise<LocalFolders> {
  let root = '';
  let folders: LocalFolders | undefined;
  const remove = () => {
    for (const folder of [root, folders?.postgres]) {
      if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  };
  process.once('exit', remove);
  const make = async () => {
    root = await mkdtemp(join(tmpdir(), 'vestnik-demo-'));
    return (folders = await makeFolders(root));
  };
  return life.open('temporary folders', make, async () => remove());
}

function invitation({ baseUrl, sandbox }: LocalSystem, people: readonly Person[]): string {
  const logins = people.map(({ email, role, name }) => `  ${email.padEnd(25)} ${role.padEnd(14)} ${name}`);
  return `
It stays up for you to try; Ctrl-C ends it and removes everything.

  API docs         ${baseUrl}/docs
  Sandbox walls    ${sandbox.wallsUrl}
  Sandbox control  ${sandbox.controlUrl}

Log in with POST /v1/sessions, and press "Authorize" in the docs with the accessToken. The password is "${PASSWORD}":

${logins.join('\n')}
`;
}
