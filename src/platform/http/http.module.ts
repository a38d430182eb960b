import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Sealer } from '../crypto/sealing.js';
import { UnitOfWork } from '../database/work.js';
import { AccessGuard } from './access.guard.js';
import { IdempotencyStore } from './idempotency.store.js';
import { ProblemFilter } from './problem.filter.js';
import { requestValidation } from './validation.js';

/** What every route gets: authentication and permission, validation, problem+json. */
@Global()
@Module({
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useFactory: requestValidation },
    { provide: APP_FILTER, useClass: ProblemFilter },
    {
      provide: IdempotencyStore,
      useFactory: (work: UnitOfWork, sealer: Sealer) => new IdempotencyStore(work, sealer),
      inject: [UnitOfWork, Sealer],
    },
  ],
  exports: [IdempotencyStore],
})
export class HttpModule {}
