import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/access.js';
import { Health } from './health.js';
import { MetricsAccess } from './metrics-access.js';
import { Metrics } from './metrics.js';

/** For the machines that run the process: alive, ready, numbers. */
@Controller()
@Public()
@ApiExcludeController()
export class ObservabilityController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly access: MetricsAccess,
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
  numbers(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> | string {
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    const verdict = this.access.verdict(authorization);
    if (verdict === 'open') return this.metrics.registry.metrics();
    reply.status(verdict === 'closed' ? 404 : 401);
    return '';
  }
}
