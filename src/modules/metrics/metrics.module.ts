import { Module } from '@nestjs/common';
import { MetricsReader } from './metrics-reader.service.js';
import { MetricsReaderStore } from './metrics-reader.store.js';

/** Collected numbers, to be read by the modules above. */
@Module({ providers: [MetricsReader, MetricsReaderStore], exports: [MetricsReader] })
export class MetricsModule {}
