import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly message: string;
}

/** A real SMTP server whose answers a test decides. */
export class MailServer {
  readonly received: Received[] = [];
  /** What the next recipients are answered, in order; nothing: they are taken. */
  readonly refusals: { readonly code: number; readonly words: string }[] = [];
  /** Takes the next letter and falls silent before it says so. */
  fallsSilent = false;

  url = '';
  private server: SMTPServer | undefined;

  private constructor() {}

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false },
      onRcptTo: (_, __, done) => {
        const refusal = mail.refusals.shift();
        done(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : null);
      },
      onData: (stream, { envelope }, done) => {
        void text(stream).then((message) => {
          mail.received.push({ to: envelope.rcptTo.map(({ address }) => address), message });
          if (!mail.fallsSilent) return done(null);
          mail.fallsSilent = false;
          for (const connection of server.connections)
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    mail.server = server;
    mail.url = `smtp://127.0.0.1:${port}`;
    return mail;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server!.close(() => resolve()));
  }
}
