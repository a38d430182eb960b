import { type DynamicModule, Global, Module } from '@nestjs/common';
import { SignedLinks } from './signed-links.js';

/** Gives everybody the links that open single things of this installation. */
@Global()
@Module({})
export class SignedLinksModule {
  static with(secret: string, publicUrl: string): DynamicModule {
    const links = new SignedLinks(secret, publicUrl.replace(/\/+$/, ''));
    return { module: SignedLinksModule, providers: [{ provide: SignedLinks, useValue: links }], exports: [SignedLinks] };
  }
}
