import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Loose } from './api-client.js';

/** What came in. */
export interface Call {
  readonly headers: Record<string, string>;
  /** To the letter. */
  readonly text: string;
  readonly body: Loose;
}

type Answer = number | { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** A customer's server that gets webhooks and answers as a test wants. */
export class Receiver {
  readonly calls: Call[] = [];
  answered = 0;
  private answer: (call: Call) => Answer = () => 200;
  private held: Promise<void> = Promise.resolve();
  private waiting: { count: number; done: () => void }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`);
    server.on('request', (request, response) => void receiver.take(request, response));
    return receiver;
  }

  answers(answer: (call: Call) => Answer): void {
    this.answer = answer;
  }

  /** Answers nobody until it is released. */
  holds(): () => void {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  /** Resolves when so many calls have come. */
  got(count: number): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ count, done });
      this.tellWaiting();
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const call = { headers: request.headers as Record<string, string>, text, body: JSON.parse(text) as Loose };
    this.calls.push(call);
    this.tellWaiting();
    await this.held;
    const answer = this.answer(call);
    const { status, headers, body } = typeof answer === 'number' ? { status: answer, headers: {}, body: 'ok' } : answer;
    response.writeHead(status, headers).end(body);
    this.answered += 1;
  }

  private tellWaiting(): void {
    for (const { count, done } of this.waiting) if (this.calls.length >= count) done();
  }
}
