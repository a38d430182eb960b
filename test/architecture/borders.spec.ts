import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const repository = resolve(import.meta.dirname, '../..');

/** Runs dependency-cruiser with our rules on a folder, as `npm run check -- borders` does. */
async function violationsIn(folder: string): Promise<Violation[]> {
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const roots = ['src', 'migrations', 'test'];
  const args = [program, '--config', join(repository, '.dependency-cruiser.cjs'), '--output-type', 'json', ...roots];
  const output = await new Promise<string>((done, fail) => {
    // The exit code is the number of violations; only output that is no report is a failure.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) =>
      stdout.startsWith('{') ? done(stdout) : fail(new Error(stderr)),
    );
  });
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

/** [rule, importing file, imported file]. Each pair is planted, and the rule must name exactly that import. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['platform-stands-alone', 'src/platform/http/a.ts', 'src/modules/content/post.ts'],
  ['networks-know-only-the-platform', 'src/networks/vk/b.ts', 'src/modules/content/post.ts'],
  ['sandbox-knows-only-the-platform', 'src/sandbox/c.ts', 'src/networks/vk/vk.client.ts'],
  ['modules-know-no-process', 'src/modules/pages/d.ts', 'src/apps/api.ts'],
  ['apps-know-no-main', 'src/apps/worker.ts', 'src/main.api.ts'],
  ['mains-only-start-an-app', 'src/main.worker.ts', 'src/modules/content/post.ts'],
  ['nobody-knows-the-sandbox', 'src/apps/api.ts', 'src/sandbox/server.ts'],
  ['nobody-knows-the-sandbox', 'src/modules/pages/e.ts', 'src/sandbox/server.ts'],
  ['migrations-stand-alone', 'migrations/1-first.ts', 'src/modules/content/post.ts'],
  ['product-knows-no-test', 'src/platform/http/f.ts', 'test/builders/post.ts'],
  ['product-knows-no-test', 'src/platform/http/g.ts', 'src/platform/http/pagination.spec.ts'],
  ['tier-0', 'src/modules/audit/h.service.ts', 'src/modules/tenancy/clients.service.ts'],
  ['tier-1', 'src/modules/tenancy/h.service.ts', 'src/modules/identity/members.service.ts'],
  ['tier-2', 'src/modules/identity/h.service.ts', 'src/modules/contracts/contracts.service.ts'],
  ['tier-3', 'src/modules/contracts/h.service.ts', 'src/modules/pages/pages.service.ts'],
  ['tier-4', 'src/modules/pages/h.service.ts', 'src/modules/content/posts.service.ts'],
  ['tier-5', 'src/modules/content/h.service.ts', 'src/modules/publishing/publishing.events.ts'],
  ['tier-6', 'src/modules/publishing/h.service.ts', 'src/modules/conversations/comments.service.ts'],
  ['tier-7', 'src/modules/conversations/h.service.ts', 'src/modules/metrics/metrics.service.ts'],
  ['tier-8', 'src/modules/metrics/h.service.ts', 'src/modules/fulfilment/acts.service.ts'],
  ['tier-9', 'src/modules/fulfilment/h.service.ts', 'src/modules/reports/reports.service.ts'],
  ['tier-10', 'src/modules/reports/h.service.ts', 'src/modules/billing/invoices.service.ts'],
  ['tier-11', 'src/modules/exports/h.service.ts', 'src/modules/webhooks/deliveries.service.ts'],
  ['tier-12', 'src/modules/webhooks/h.service.ts', 'src/modules/archive/exports.service.ts'],
  ['module-has-a-tier', 'src/modules/newcomer/i.service.ts', 'src/platform/http/pagination.ts'],
  ...['store', 'entity', 'controller', 'dto', 'job', 'jobs'].map(
    (role) => ['module-front-door', `src/modules/publishing/${role}.service.ts`, `src/modules/content/posts.${role}.ts`] as const,
  ),
  ['networks-front-door', 'src/modules/pages/j.service.ts', 'src/networks/vk/vk.client.ts'],
  ['networks-never-mix', 'src/networks/ok/k.ts', 'src/networks/vk/vk.client.ts'],
  ['network-contract-names-no-network', 'src/networks/network.ts', 'src/networks/vk/vk.client.ts'],
  ['thin-controllers', 'src/modules/content/l.controller.ts', 'src/modules/content/posts.store.ts'],
  ['thin-controllers', 'src/modules/content/m.controller.ts', 'src/modules/content/posts.entity.ts'],
  ['thin-controllers', 'src/modules/content/n.controller.ts', 'src/networks/networks.ts'],
  ['stores-only-query', 'src/modules/content/o.store.ts', 'src/modules/content/posts.service.ts'],
  ['pure-files-stay-pure', 'src/modules/content/version.ts', 'node_modules/@nestjs/common/index.js'],
  ['pure-files-stay-pure', 'src/modules/content/variant.ts', 'src/platform/clock/clock.ts'],
  ['orm-only-in-stores', 'src/modules/content/p.service.ts', 'node_modules/typeorm/index.js'],
  ['database-driver-only-in-platform', 'src/platform/http/q.ts', 'node_modules/pg/index.js'],
  ['queue-engine-only-in-platform', 'src/modules/publishing/r.job.ts', 'node_modules/bullmq/index.js'],
  ['queue-engine-only-in-platform', 'src/platform/http/s.ts', 'node_modules/ioredis/index.js'],
  ['no-cycles', 'src/platform/http/t.ts', 'src/platform/http/u.ts'],
  ['no-cycles-of-folders', 'src/platform/left', 'src/platform/right'],
  ['no-orphans', 'src/modules/content/lonely.ts', 'src/modules/content/lonely.ts'],
  ['no-junk-drawers', 'src/modules/content/v.service.ts', 'src/platform/utils/text.ts'],
  ['no-junk-drawers', 'src/modules/content/w.service.ts', 'src/modules/content/post-helpers.ts'],
  ['no-barrels', 'src/modules/content/x.service.ts', 'src/platform/http/index.ts'],
  ['ships-without-dev-dependencies', 'src/platform/http/y.ts', 'node_modules/fast-check/index.js'],
  ['imports-exist', 'src/platform/http/z.ts', './nowhere.js'],
];

/** Imports that look close to the forbidden ones and are fine. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['src/apps/local/local.ts', 'src/sandbox/server.ts'],
  ['src/main.sandbox.ts', 'src/sandbox/server.ts'],
  ['src/apps/api.ts', 'src/modules/content/content.module.ts'],
  ['src/modules/publishing/calls-down.service.ts', 'src/modules/content/posts.service.ts'],
  ['src/modules/publishing/hears-below.service.ts', 'src/modules/content/content.events.ts'],
  ['src/modules/publishing/reads-type.service.ts', 'src/modules/content/post.ts'],
  ['src/modules/pages/speaks.service.ts', 'src/networks/networks.ts'],
  ['src/networks/networks.ts', 'src/networks/vk/vk.client.ts'],
  ['src/modules/content/own.store.ts', 'node_modules/typeorm/index.js'],
  ['src/platform/database/work.ts', 'node_modules/pg/index.js'],
  ['src/platform/queue/queue.ts', 'node_modules/bullmq/index.js'],
];

const PACKAGES = ['@nestjs/common', 'typeorm', 'pg', 'bullmq', 'ioredis'];

describe('the borders between folders', () => {
  let folder: string;
  let violations: Violation[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestnik-borders-'));
    await plant(folder);
    violations = await violationsIn(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('%s: %s may not import %s', (rule, from, to) => {
    expect(violations.map((found) => `${found.rule.name}: ${found.from} -> ${found.to}`)).toContain(`${rule}: ${from} -> ${to}`);
  });

  it.each(ALLOWED)('%s may import %s', (from, to) => {
    expect(violations.filter((found) => found.from === from && found.to === to)).toEqual([]);
  });

  it('has an example here for every rule', async () => {
    const config = (await import(join(repository, '.dependency-cruiser.cjs'))) as { default: { forbidden: { name: string }[] } };
    const proven = new Set(FORBIDDEN.map(([rule]) => rule));
    expect(config.default.forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });

  it('hold in the code as it is', async () => {
    const found = await violationsIn(repository);
    expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});

describe('the sandbox', () => {
  it.each(['src/modules', 'src/networks'])('is not even a word in %s', async (root) => {
    const files = await typescriptIn(join(repository, root));
    const naming = await Promise.all(files.map(async (file) => (/sandbox/i.test(await readFile(file, 'utf8')) ? [file] : [])));
    expect(naming.flat().map((file) => relative(repository, file))).toEqual([]);
  });
});

async function typescriptIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() && entry.name.endsWith('.ts') ? [join(entry.parentPath, entry.name)] : []));
}

async function plant(folder: string): Promise<void> {
  const imports = new Map<string, string[]>();
  const link = (from: string, to?: string) => imports.set(from, [...(imports.get(from) ?? []), ...(to ? [to] : [])]);
  for (const [rule, from, to] of FORBIDDEN) {
    if (rule === 'no-cycles-of-folders') continue;
    link(from, rule === 'no-orphans' ? undefined : to);
    if (to.endsWith('.ts')) link(to);
  }
  for (const [from, to] of ALLOWED) {
    link(from, to);
    if (to.endsWith('.ts')) link(to);
  }
  link('src/platform/http/u.ts', 'src/platform/http/t.ts');
  // Two folders that need each other although no two files do.
  link('src/platform/left/one.ts', 'src/platform/right/one.ts');
  link('src/platform/right/two.ts', 'src/platform/left/two.ts');
  link('src/platform/right/one.ts');
  link('src/platform/left/two.ts');

  for (const [file, targets] of imports) {
    await write(join(folder, file), targets.map((to) => `import '${specifier(file, to)}';\n`).join('') || 'export {};\n');
  }
  for (const name of [...PACKAGES, 'fast-check']) {
    await write(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    await write(join(folder, 'node_modules', name, 'index.js'), '');
  }
  const versions = Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0']));
  const manifest = { name: 'planted', type: 'module', dependencies: versions, devDependencies: { 'fast-check': '1.0.0' } };
  await write(join(folder, 'package.json'), JSON.stringify(manifest));
  await cp(join(repository, 'tsconfig.json'), join(folder, 'tsconfig.json'));
}

function specifier(from: string, to: string): string {
  if (to.startsWith('.')) return to;
  const name = /^node_modules\/(.+)\/index\.js$/.exec(to)?.[1];
  if (name) return name;
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
