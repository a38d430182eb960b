import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface Letter {
  /** Stays the same in every try, so that whoever gets it twice sees one. Without angle brackets. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
  readonly attachments: readonly { readonly filename: string; readonly content: Uint8Array; readonly contentType: string }[];
}

/**
 * `refused`: the server said no for good · `later`: nothing was taken, another try may succeed · `unclear`: the letter was handed over and
 * the server's answer did not come, so that it may have been taken.
 */
export interface MailOutcome {
  readonly kind: 'sent' | 'refused' | 'later' | 'unclear';
  /** The server's words, or what happened to the connection. */
  readonly answer: string;
}

const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

/** Hands letters to one mail server (RFC 5321), one recipient at a time. */
export class Mailer {
  /** @param url `smtp://user:password@host:587`, `smtps://…`; null: there is no server @param from who the letters are from */
  constructor(
    private readonly url: string | null,
    private readonly from: string,
  ) {}

  /**
   * Never tries twice.
   * @param beforeData called when the server waits for the letter and not a byte of it has left; what it throws stops the letter
   */
  async send(letter: Letter, beforeData: () => Promise<void>): Promise<MailOutcome> {
    if (this.url === null) return { kind: 'refused', answer: 'SMTP_URL is not set' };
    const message = await this.messageOf(letter);
    const connection = new SMTPConnection(optionsOf(new URL(this.url)));
    let isHandedOver = false;
    const body = Readable.from(
      (async function* () {
        await beforeData();
        isHandedOver = true;
        yield message;
      })(),
      { objectMode: false },
    );
    try {
      await opened(connection, new URL(this.url));
      const envelope = { from: addressOf(this.from), to: [letter.to] };
      const info = await step<{ response?: string }>(connection, (done) => connection.send(envelope, body, done));
      return { kind: 'sent', answer: info?.response ?? '' };
    } catch (error) {
      return failed(error as { message: string; response?: string; responseCode?: number }, isHandedOver);
    } finally {
      connection.close();
    }
  }

  private messageOf({ messageId, to, subject, text, date, attachments }: Letter): Promise<Buffer> {
    const files = attachments.map(({ filename, content, contentType }) => ({
      filename,
      contentType,
      content: Buffer.from(content),
    }));
    const letter = { from: this.from, to, subject, text, date, messageId: `<${messageId}>`, attachments: files };
    return new Promise((resolve, reject) => {
      new MailComposer(letter).compile().build((error, message) => (error ? reject(error) : resolve(message as Buffer)));
    });
  }
}

function optionsOf({ protocol, hostname, port }: URL) {
  const secure = protocol === 'smtps:';
  return { host: hostname, port: port === '' ? (secure ? 465 : 587) : Number(port), secure, ...PATIENCE };
}

async function opened(connection: SMTPConnection, { username, password }: URL): Promise<void> {
  await step(connection, (done) => connection.connect(done));
  if (username === '') return;
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  await step(connection, (done) => connection.login({ user, pass }, done));
}

/** The library calls back when the server answers; of a line that breaks meanwhile it tells by an event alone. */
function step<T>(
  connection: SMTPConnection,
  begin: (done: (error?: Error | null, value?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    begin((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** A server that answered has decided; one that fell silent after it got the letter may have taken it. */
function failed(
  { message, response, responseCode }: { message: string; response?: string; responseCode?: number },
  isHandedOver: boolean,
): MailOutcome {
  const answer = (response || message).slice(0, 500);
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', answer };
  return { kind: isHandedOver ? 'unclear' : 'later', answer };
}

/** `Вестник <reports@agency.example>` → `reports@agency.example`. */
function addressOf(from: string): string {
  return /<([^>]+)>/.exec(from)?.[1] ?? from;
}
