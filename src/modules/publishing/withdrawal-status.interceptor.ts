import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { PublicationResponse, ScheduleResponse } from './publishing.dto.js';

type Withdrawn = PublicationResponse | ScheduleResponse;

/** 200 says "it will not go out"; while that is not certain the answer is 202. */
@Injectable()
class WithdrawalStatus implements NestInterceptor<Withdrawn> {
  intercept(context: ExecutionContext, next: CallHandler<Withdrawn>): Observable<Withdrawn> {
    return next.handle().pipe(
      map((body) => {
        const publications = 'publications' in body ? body.publications : [body];
        const open = publications.some(
          ({ state, withdrawRequestedAt }) => withdrawRequestedAt !== null && !['withdrawn', 'deleted'].includes(state),
        );
        context
          .switchToHttp()
          .getResponse<FastifyReply>()
          .status(open ? 202 : 200);
        return body;
      }),
    );
  }
}

export function AnswersWithdrawal(type: typeof PublicationResponse | typeof ScheduleResponse): MethodDecorator {
  return applyDecorators(
    UseInterceptors(WithdrawalStatus),
    ApiAcceptedResponse({
      type,
      description: 'It is being or has been sent: it will be deleted on the network. Read it again for the outcome.',
    }),
  );
}
