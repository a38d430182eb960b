// A copy of the tree in which bugs are planted, so that the tree itself is never touched.
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, byFile } from './edits.mjs';

const LEFT_OUT = /^(\.git|node_modules|var|coverage|dist\..*|\.env)$/;
/** System tests read sources directly, but prepare their databases with the built platform and migrations. */
const BUILT = /^(migrations|src\/platform)\//;

export class Workspace {
  constructor(slot) {
    this.folder = `var/planted/${slot}`;
  }

  async prepare() {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    for (const name of await readdir('.')) {
      // The time of a file tells the simulation's build whether it is new.
      if (!LEFT_OUT.test(name)) await cp(name, join(this.folder, name), { recursive: true, preserveTimestamps: true });
    }
    await symlink(join(process.cwd(), 'node_modules'), join(this.folder, 'node_modules'));
    await this.build();
    await cp(join(this.folder, 'dist'), join(this.folder, 'var/dist'), { recursive: true });
  }

  /** @returns {Promise<() => Promise<void>>} takes the bug out again */
  async plant({ edits }) {
    const before = new Map();
    const after = new Map();
    for (const [file, own] of byFile(edits)) {
      before.set(file, await readFile(join(this.folder, file), 'utf8'));
      after.set(file, applyEdits(before.get(file), own));
    }
    const builds = [...after.keys()].some((file) => BUILT.test(file));
    for (const [file, text] of after) await writeFile(join(this.folder, file), text);
    const undo = async () => {
      for (const [file, text] of before) await writeFile(join(this.folder, file), text);
      if (!builds) return;
      await rm(join(this.folder, 'dist'), { recursive: true, force: true });
      await cp(join(this.folder, 'var/dist'), join(this.folder, 'dist'), { recursive: true });
    };
    try {
      if (builds) await this.build();
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  }

  async build() {
    const { code, output } = await this.run(['scripts/build.mjs'], 240);
    if (code !== 0) throw new Error(`it does not build:\n${output}`);
  }

  /** Runs a program of node's in the copy, in a process group of its own that ends with it. */
  run(args, seconds) {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, args, {
        cwd: this.folder,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      // PostgreSQL takes SIGINT for "stop at once, in good order".
      const signal = (name) => () => {
        try {
          process.kill(-child.pid, name);
        } catch {
          // It has ended meanwhile.
        }
      };
      const timers = [setTimeout(signal('SIGINT'), seconds * 1_000), setTimeout(signal('SIGKILL'), (seconds + 10) * 1_000)];
      child.on('close', (code) => {
        timers.forEach(clearTimeout);
        resolve({ code, output });
      });
    });
  }
}
