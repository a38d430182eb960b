import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** One process of ours, which can be killed, stopped and started again with the same name, port and log. */
export class Program {
  /** @param command returns program, arguments and environment; asked anew at each start */
  constructor(name, logDir, command) {
    Object.assign(this, { name, logDir, command, child: null, stopped: false, busy: false, ending: false });
    /** Called when it ends without being told to. */
    this.onDeath = () => undefined;
  }

  get running() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  start() {
    if (this.running) return;
    const { program, args, env } = this.command();
    const log = openSync(join(this.logDir, `${this.name}.log`), 'a');
    // A group of its own: Ctrl-C reaches the runner first, which then ends everything in order.
    this.child = spawn(program, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', log, log], detached: true });
    this.child.on('error', () => undefined);
    closeSync(log);
    this.stopped = this.ending = false;
    this.child.once('exit', (code, signal) => this.ending || this.onDeath(`${this.name} ended by itself: ${code ?? signal}`));
  }

  signal(name) {
    if (!this.running) return;
    this.child.kill(name);
    if (name === 'SIGSTOP') this.stopped = true;
    if (name === 'SIGCONT') this.stopped = false;
  }

  /** @returns whether it went by itself in time; otherwise it is killed. */
  async end(signal = 'SIGTERM', withinMs = 40_000) {
    if (!this.running) return true;
    this.ending = true;
    const gone = once(this.child, 'exit');
    if (this.stopped) this.signal('SIGCONT');
    this.child.kill(signal);
    const inTime = await Promise.race([gone.then(() => true), pause(withinMs).then(() => false)]);
    if (!inTime) {
      this.child.kill('SIGKILL');
      await gone;
    }
    return inTime;
  }
}

export async function untilAnswers(url, withinMs = 60_000, signal = undefined) {
  const until = performance.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (performance.now() > until) throw new Error(`${url} does not answer 200`);
    await pause(100);
  }
}
