import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/access.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';

/** For the machines that run the process: alive, ready, numbers. */
@Controller()
@Public()
@ApiExcludeController()
export class ObservabilityController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  alive(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const report = await this.health.report();
    reply.status(report.ready ? 200 : 503);
    return report;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  numbers(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
