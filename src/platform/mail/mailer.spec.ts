import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Mailer } from './mailer.js';

const LETTER = {
  ...{ messageId: 'report-1@vestnik.example', to: 'press@elizovo.example', subject: 'Отчёт', text: 'Готов.' },
  ...{ date: new Date('2026-12-02T09:00:00Z'), attachments: [] },
};

describe('A mail server that hangs up', () => {
  let close: () => void = () => undefined;
  afterEach(() => close());

  /** Answers each command with what stands under its first word, and hangs up at the first that is missing. */
  async function server(answers: Readonly<Record<string, string>>): Promise<string> {
    const listening = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.write('220 mail.example ESMTP\r\n');
      socket.on('data', (chunk: Buffer) => {
        const answer = answers[chunk.toString().slice(0, 4).toUpperCase()];
        if (answer === undefined) socket.destroy();
        else socket.write(answer);
      });
    }).listen(0, '127.0.0.1');
    close = () => listening.close();
    await once(listening, 'listening');
    return `127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it.each([
    ['at the greeting', {}],
    ['while it asks for the password', { EHLO: '250-mail.example\r\n250 AUTH PLAIN\r\n' }],
    ['when it hears the sender', { EHLO: '250-mail.example\r\n250 AUTH PLAIN\r\n', AUTH: '235 Welcome\r\n' }],
  ])(
    '%s has taken nothing, and another try is due',
    async (_, answers) => {
      const mailer = new Mailer(`smtp://user:password@${await server(answers)}`, 'Вестник <reports@vestnik.example>');
      let handedOver = false;
      const outcome = await mailer.send(LETTER, async () => void (handedOver = true));
      expect([outcome.kind, handedOver]).toEqual(['later', false]);
    },
    5_000,
  );
});
