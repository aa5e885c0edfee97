import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { LogUnavailable } from '../../application/ports/event-log.js';
import { ReadModelBehind } from '../../application/read-models/read-models.js';
import { errorBody } from '../../application/protocol/index.js';
import { LOGGER } from '../tokens.js';
import { HttpProblem } from './http-problem.js';

/** Every failure of an HTTP request as `{ error }`: no stack and no text of a library reaches the outside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return;
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(exception);
    if (problem.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(problem.retryAfterMs / 1_000));
    response.status(problem.getStatus()).json(problem.getResponse());
  }

  private problemOf(exception: unknown): HttpProblem {
    if (exception instanceof HttpProblem) return exception;
    if (exception instanceof LogUnavailable)
      return new HttpProblem(503, exception.code === 'store_full' ? 'store-full' : 'log-unavailable', 1_000);
    if (exception instanceof ReadModelBehind) return new HttpProblem(503, 'views-behind', 1_000);
    const status = exception instanceof HttpException ? exception.getStatus() : statusOf(exception);
    if (status === 404) return new HttpProblem(404, 'page-unknown');
    if (status >= 400 && status < 500) return new HttpProblem(status, 'request-malformed');
    const correlationId = randomUUID();
    this.logger.error({ err: exception, correlationId }, 'an HTTP request failed');
    const problem = new HttpProblem(500, 'internal');
    Object.assign(problem.getResponse(), { error: errorBody('internal', { correlationId }) });
    return problem;
  }
}

/** Body parsers throw plain errors with a `status`. */
const statusOf = (exception: unknown): number => {
  const status = (exception as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : 500;
};
