import { connect, createServer } from 'node:net';

const CALM = { delayMs: 0, refuse: false, stall: false, dropBefore: 0, dropAfter: 0, cutAnswer: 0, cutRequest: 0 };

/**
 * A TCP proxy on loopback that misbehaves when told. What a client sent before it went away still arrives, as on a real wire.
 * `dropBefore`, `dropAfter`, `cutAnswer` and `cutRequest` are probabilities for each connection: the request is lost, the answer
 * is lost, half an answer or half a request gets through.
 */
export class FaultProxy {
  constructor(name, random, tap) {
    Object.assign(this, { name, random, tap, port: 0, target: null, mode: { ...CALM } });
    this.sockets = new Set();
    this.waiting = [];
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.accept(socket));
  }

  async listen() {
    await new Promise((resolve, reject) => this.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    return this;
  }

  set(mode) {
    this.mode = { ...CALM, ...mode };
    if (!this.mode.stall) for (const go of this.waiting.splice(0)) go();
  }

  resetAll() {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async close() {
    this.set({});
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  accept(client) {
    client.on('error', () => undefined);
    if (this.mode.refuse || this.target === null) return client.resetAndDestroy();
    const fate = this.drawFate();
    const server = connect({ port: this.target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
    }
    // Before any delay: what counts is when the bytes left the worker.
    client.on('data', this.tap?.() ?? (() => undefined));
    this.pump(client, server, (chunk) => {
      if (fate === 'dropBefore') return 'break';
      return fate === 'cutRequest' ? chunk.subarray(0, Math.ceil(chunk.length / 2)) : chunk;
    });
    this.pump(server, client, (chunk) => {
      if (fate === 'dropAfter') return 'break';
      return fate === 'cutAnswer' ? chunk.subarray(0, Math.ceil(chunk.length / 2)) : chunk;
    });
  }

  drawFate() {
    return ['dropBefore', 'dropAfter', 'cutAnswer', 'cutRequest'].find((name) => this.random.chance(this.mode[name]));
  }

  /** Carries bytes one way, in order, each after the delay that holds when it comes. */
  pump(from, to, treat) {
    let line = Promise.resolve();
    const enqueue = (step) => (line = line.then(() => this.gate()).then(step));
    from.on('data', (chunk) =>
      enqueue(() => {
        const treated = treat(chunk);
        const broken = treated === 'break' || treated.length < chunk.length;
        if (treated !== 'break' && !to.destroyed) to.write(treated);
        if (!broken) return;
        if (treated === 'break') to.resetAndDestroy();
        else to.end();
        from.resetAndDestroy();
      }),
    );
    from.once('end', () => enqueue(() => to.end()));
    from.once('close', () => enqueue(() => to.destroySoon()));
  }

  async gate() {
    const { delayMs } = this.mode;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    while (this.mode.stall) await new Promise((resolve) => this.waiting.push(resolve));
  }
}
