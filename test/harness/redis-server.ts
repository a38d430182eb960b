import { describe } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A Redis of a test's own, that it may kill and start again. Keeps nothing. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async onFreePort(): Promise<RedisServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return new RedisServer(port);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(evictionPolicy = 'noeviction'): Promise<void> {
    const flags = ['--port', String(this.port), '--save', '', '--appendonly', 'no', '--maxmemory-policy', evictionPolicy];
    this.child = spawn('redis-server', flags, { stdio: 'ignore' });
    for (let attempt = 0; attempt < 100 && !(await this.answers()); attempt += 1) await new Promise((r) => setTimeout(r, 20));
  }

  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}

/** A suite that kills and restarts Redis; skipped, with one line that says why, where `redis-server` is not installed. */
export function describeWithRedisServer(title: string, suite: () => void): void {
  const installed = spawnSync('redis-server', ['--version']).status === 0;
  if (!installed) process.stderr.write('Redis outage suite skipped: redis-server is not installed\n');
  (installed ? describe : describe.skip)(title, suite);
}
