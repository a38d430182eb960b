import { type DynamicModule, Global, Module } from '@nestjs/common';
import { createStorage } from './create-storage.js';
import { Storage } from './storage.js';

/** Gives everybody the `Storage` of `STORAGE_URL`; a storage that cannot be written to stops the start. */
@Global()
@Module({})
export class StorageModule {
  static forRoot(url: string): DynamicModule {
    return {
      module: StorageModule,
      providers: [{ provide: Storage, useFactory: () => createStorage(url) }],
      exports: [Storage],
    };
  }
}
