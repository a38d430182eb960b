import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createNetworks, Networks, type NetworkSettings } from '../networks/networks.js';
import { Clock } from '../platform/clock/clock.js';
import { Outbound } from '../platform/outbound/outbound.js';

/** The networks for everybody, over one outgoing client that is closed at the end. */
@Global()
@Module({})
export class NetworksModule implements OnApplicationShutdown {
  constructor(@Inject(Outbound) private readonly outbound: Outbound) {}

  static with(settings: NetworkSettings): DynamicModule {
    return {
      module: NetworksModule,
      providers: [
        { provide: Outbound, useFactory: () => new Outbound() },
        {
          provide: Networks,
          useFactory: (outbound: Outbound, clock: Clock) => createNetworks(settings, outbound, clock),
          inject: [Outbound, Clock],
        },
      ],
      exports: [Networks, Outbound],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.outbound.close();
  }
}
