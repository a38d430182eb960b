import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { TooManyRequests } from '../../../platform/http/http.errors.js';
import { CalendarFeedNotFound } from './calendar-feeds.errors.js';
import { FeedLimits } from './feed-limits.service.js';
import { FeedReadingService } from './feed-reading.service.js';

@Controller('v1/calendar-feeds')
export class FeedReadingController {
  constructor(
    private readonly reading: FeedReadingService,
    private readonly limits: FeedLimits,
  ) {}

  /** Read a feed as iCalendar. The token in the address is all that it takes: whoever has the link reads what its member may read. */
  @Get(':token.ics')
  @Public()
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string', example: 'BEGIN:VCALENDAR' } })
  @ApiResponse({ status: 304, description: 'Nothing has changed since the `ETag` in `If-None-Match`' })
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string', example: '"5yQ"' } })
  @Header('cache-control', 'private, no-cache')
  @Fails(CalendarFeedNotFound, TooManyRequests)
  async read(
    @Param('token') token: string,
    @Req() { id, ip, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.limits.take(token, ip);
    const { text, etag } = await this.reading.read(token, id);
    return send(
      reply.header('etag', etag).type('text/calendar; charset=utf-8'),
      text,
      headers['if-none-match']?.includes(etag) ?? false,
    );
  }
}

function send(reply: FastifyReply, text: string, isKnown: boolean): string | undefined {
  reply.status(isKnown ? 304 : 200);
  return isKnown ? undefined : text;
}
