import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';

/** Gives everybody the `Mailer` of `SMTP_URL`. */
@Global()
@Module({})
export class MailModule {
  static with(url: string | null, from: string): DynamicModule {
    return { module: MailModule, providers: [{ provide: Mailer, useValue: new Mailer(url, from) }], exports: [Mailer] };
  }
}
