import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What gets lost: the first request with these words, or its answer, in a transaction that has said `after` before. */
interface Loss {
  readonly after: string;
  readonly request: string;
  /** `request`: not even the request arrives. */
  readonly what: 'answer' | 'request';
  readonly happened: () => void;
}

/** A way to a server that can be shut, turned to another server, or lose an answer at the worst of all moments. */
export class Wire {
  isOpen = true;
  private losses: Loss[] = [];
  private readonly turnedAwayNext: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((client) => this.carry(client));

  private constructor(
    /** The server's port on the loopback interface. */
    public target: number,
  ) {}

  static async to(target: number): Promise<Wire> {
    const wire = new Wire(target);
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    return wire;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The request arrives, its answer does not: the connection ends instead. Resolves when that has happened. */
  loseAnswer(request: string, after = ''): Promise<void> {
    return this.lose({ request, after, what: 'answer' });
  }

  /** The connection ends with the request on its way. */
  loseRequest(request: string, after = ''): Promise<void> {
    return this.lose({ request, after, what: 'request' });
  }

  /** Somebody came while it was shut. */
  turnedAway(): Promise<void> {
    return new Promise((told) => this.turnedAwayNext.push(told));
  }

  /** Ends every connection. */
  reset(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.isOpen = false;
    this.reset();
    this.server.close();
  }

  private lose(loss: Omit<Loss, 'happened'>): Promise<void> {
    return new Promise((happened) => this.losses.push({ ...loss, happened }));
  }

  private carry(client: Socket): void {
    if (!this.isOpen) {
      client.destroy();
      for (const told of this.turnedAwayNext.splice(0)) told();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined).once('close', () => (this.sockets.delete(one), other.destroy()));
    }
    let carried = '';
    let lost: Loss | undefined;
    const plans = new Map<string, string>();
    const end = (loss: Loss): void => {
      client.destroy();
      server.destroy();
      loss.happened();
    };
    client.on('data', (bytes: Buffer) => {
      const words = spelledOut(bytes.toString('latin1'), plans);
      lost ??= this.take(carried, words);
      const begins = words.lastIndexOf('begin');
      carried = begins < 0 ? carried + words : words.slice(begins);
      if (lost?.what === 'request') return end(lost);
      server.write(bytes);
    });
    server.on('data', (bytes: Buffer) => (lost ? end(lost) : client.write(bytes)));
  }

  private take(carried: string, words: string): Loss | undefined {
    const found = this.losses.find(({ request, after }) => words.includes(request) && (carried + words).includes(after));
    this.losses = this.losses.filter((loss) => loss !== found);
    return found;
  }
}

/** A statement that was sent under a name before is sent as its name alone: here with the words that it stands for. */
function spelledOut(sent: string, plans: Map<string, string>): string {
  for (const [, name, text] of sent.matchAll(/([\w-]{32})\0([a-z][^\0]*)\0/gi)) plans.set(name!, text!);
  const named = [...plans].filter(([name]) => sent.includes(name)).map(([, text]) => text);
  return [sent, ...named].join(' ');
}
