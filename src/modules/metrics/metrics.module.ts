import { Module } from '@nestjs/common';
import { PagesModule } from '../pages/pages.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { MetricsReader } from './metrics-reader.service.js';
import { MetricsReaderStore } from './metrics-reader.store.js';
import { NumbersController } from './numbers.controller.js';
import { NumberSources, NumbersService } from './numbers.service.js';
import { NumbersStore } from './numbers.store.js';

/** Collected numbers, to be read by the modules above. */
@Module({ providers: [MetricsReader, MetricsReaderStore], exports: [MetricsReader] })
export class MetricsModule {}

@Module({
  imports: [MetricsModule, TenancyModule, PagesModule, PublishingModule],
  controllers: [NumbersController],
  providers: [NumbersService, NumberSources, NumbersStore],
})
export class MetricsApi {}
