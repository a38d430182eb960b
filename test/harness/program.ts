import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One of our programs, started as a user would, in a folder of its own that also takes its temporary files. */
export class Program {
  private output = '';
  private child: ChildProcess | undefined;
  private over = false;

  constructor(
    private readonly main: string,
    readonly folder = newFolder(),
    private readonly how: { readonly env?: NodeJS.ProcessEnv; readonly node?: readonly string[] } = {},
  ) {}

  start(...args: string[]): this {
    this.output = '';
    this.over = false;
    const child = spawn(process.execPath, [...(this.how.node ?? []), resolve('dist/src', this.main), ...args], {
      cwd: this.folder,
      env: { ...process.env, ...this.how.env, TMPDIR: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.once('close', () => (this.over = true));
    this.child = child;
    return this;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  get text(): string {
    return this.output;
  }

  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Waits for words in the output. */
  async says(words: string): Promise<void> {
    await this.until(() => this.output.includes(words) || this.over);
    if (!this.output.includes(words)) throw new Error(`It ended without saying "${words}":\n${this.output}`);
  }

  /** @returns the exit code, or the signal's name */
  async ends(): Promise<number | string | null> {
    await this.until(() => this.over);
    return this.child!.exitCode ?? this.child!.signalCode;
  }

  /** What it left in its folder. */
  leftFiles(): string[] {
    return readdirSync(this.folder);
  }

  /** Command lines of processes that still work on its folder. */
  leftProcesses(): string[] {
    return commandLines().filter((line) => line.includes(this.folder));
  }

  remove(): void {
    this.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 50_000; !holds(); await new Promise((again) => setTimeout(again, 20))) {
      if (Date.now() > end) throw new Error(`It takes too long; so far it said:\n${this.output}`);
    }
  }
}

/** With a space and Cyrillic letters in its name, as home folders have. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestnik проба '));
  // PostgreSQL's own account must be able to enter when the tests run as root.
  chmodSync(folder, 0o755);
  return folder;
}

function commandLines(): string[] {
  if (process.platform !== 'linux') return execFileSync('ps', ['-axww', '-o', 'command='], { encoding: 'utf8' }).split('\n');
  return readdirSync('/proc').map((name) => {
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      // No process, or one that has ended meanwhile.
      return '';
    }
  });
}
