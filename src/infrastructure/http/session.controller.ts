import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { EndSession } from '../../application/commands/end-session/end-session.command.js';
import { StartSession } from '../../application/commands/start-session/start-session.command.js';
import type { Session } from '../../application/ports/session-store.js';
import type { Limits, SignedIn } from '../../application/protocol/index.js';
import { FindSession } from '../../application/queries/find-session/find-session.query.js';
import { SESSION_LIMITS } from '../../application/queries/find-session/session-limits.js';
import { GetPeople } from '../../application/queries/get-people/get-people.query.js';
import { LIMITS_TOKEN } from '../tokens.js';
import { WebOrigin } from '../web-origin/web-origin.js';
import { HttpProblem } from './http-problem.js';
import { SignInThrottle } from './sign-in-throttle.js';

const signInSchema = z.strictObject({
  login: z.string().min(1).max(254),
  password: z.string().min(1).max(1_024),
  token: z.boolean().optional(),
});

const ANONYMOUS = { kind: 'anonymous' } as const;

/** Answers speak of one person, and may hold their token: nothing on the way may keep them. */
const NO_STORE = ['Cache-Control', 'no-store'] as const;

@Controller('api/session')
export class SessionController {
  private readonly throttle: SignInThrottle;

  constructor(
    private readonly commandBus: CommandBus,
    private readonly queryBus: QueryBus,
    private readonly origin: WebOrigin,
    @Inject(LIMITS_TOKEN) limits: Limits,
  ) {
    this.throttle = new SignInThrottle(limits.signInsPerMinute);
  }

  @Post()
  @HttpCode(200)
  @Header(...NO_STORE)
  async signIn(
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    const parsed = request.is('application/json') ? signInSchema.safeParse(body) : null;
    if (!parsed?.success) throw new HttpProblem(400, 'request-malformed', undefined, 'login and password as JSON');
    const { login, password, token: wantsToken = false } = parsed.data;
    // A program without an origin may sign in for a token; a cookie is for pages of our own only.
    if (request.headers.origin !== undefined ? !this.origin.isAllowed(request) : !wantsToken)
      throw new HttpProblem(403, 'origin-refused');
    const address = this.origin.addressOf(request);
    const waitMs = this.throttle.wait(login, address, performance.now());
    if (waitMs > 0) throw new HttpProblem(429, 'rate-limited', waitMs);
    const id = randomUUID();
    const result = await this.commandBus.execute(
      new StartSession({ principal: ANONYMOUS, id, correlationId: id }, login, password),
    );
    if (result.kind === 'busy') throw new HttpProblem(429, 'busy', result.retryAfterMs);
    if (result.kind === 'refused') {
      this.throttle.failed(login, address, performance.now());
      throw new HttpProblem(401, 'sign-in-refused');
    }
    if (!wantsToken) this.setCookie(response, result.token, SESSION_LIMITS.absoluteMs);
    return { ...(await this.signedIn(result.session)), ...(wantsToken ? { token: result.token } : {}) };
  }

  @Get()
  @Header(...NO_STORE)
  async whoAmI(@Req() request: Request): Promise<SignedIn> {
    return this.signedIn(await this.session(request));
  }

  @Delete()
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (this.origin.bearerOf(request) === null && !this.origin.isAllowed(request))
      throw new HttpProblem(403, 'origin-refused');
    const { id: sessionId, userId } = await this.session(request);
    const id = randomUUID();
    const principal = { kind: 'user', userId } as const;
    const outcome = await this.commandBus.execute(new EndSession({ principal, id, correlationId: id }, sessionId));
    // The token opens nothing any more, but without the event the session's open sockets stay.
    if (!outcome.ok) throw new HttpProblem(503, outcome.error, 1_000);
    this.setCookie(response, '', 0);
  }

  private async session(request: Request): Promise<Session> {
    const token = this.origin.bearerOf(request) ?? this.origin.sessionTokenOf(request);
    const session = token === null ? null : await this.queryBus.execute(new FindSession(ANONYMOUS, token));
    if (!session) throw new HttpProblem(401, 'signed-out');
    return session;
  }

  private async signedIn({ id, userId }: Session): Promise<SignedIn> {
    const { people } = await this.queryBus.execute(new GetPeople({ kind: 'user', userId }, [userId]));
    return { user: people[0] ?? { id: userId, name: null, email: null }, sessionId: id };
  }

  private setCookie(response: Response, value: string, maxAge: number): void {
    const { secure, cookieName } = this.origin;
    response.cookie(cookieName, value, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge });
  }
}
