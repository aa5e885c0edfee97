import { HttpException } from '@nestjs/common';
import { errorBody, type ErrorCode, type HttpError } from '../../application/protocol/index.js';

/** An answer with a status, a code and words. */
export class HttpProblem extends HttpException {
  constructor(
    status: number,
    code: ErrorCode,
    readonly retryAfterMs?: number,
    detail?: string,
  ) {
    const body: HttpError = {
      error: errorBody(code, {
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(detail === undefined ? {} : { detail }),
      }),
    };
    super(body, status);
  }
}
