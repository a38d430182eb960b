import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock/clock.js';
import { type SecretKey, Sealer } from './crypto/sealing.js';
import { Ids, SystemIds } from './ids/ids.js';

/** Time, ids and sealing for everybody; tests replace time. */
@Global()
@Module({})
export class PlatformModule {
  static with(clock: Clock, secretKeys: readonly SecretKey[]): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Ids, useClass: SystemIds },
        { provide: Sealer, useValue: new Sealer(secretKeys) },
      ],
      exports: [Clock, Ids, Sealer],
    };
  }
}
