import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';

const YEAR_S = 31_536_000;

/** Security headers for everything that the server answers (SEC-14). */
export const secureHeaders = (secure: boolean): ReturnType<typeof helmet> =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        connectSrc: ["'self'", 'wss:'],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: YEAR_S } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  });

/** For what everybody gets alike, never for answers of the API: beside secrets, a compressed length tells of them. A range is of the file as it is. */
const compressed = compression({
  filter: (request, response) => request.headers.range === undefined && compression.filter(request, response),
});

/** The built client: hashed files for a year, the page itself always fresh, and the page for every address that is a view. */
export const serveWebClient = (app: NestExpressApplication, folder: string): void => {
  if (!existsSync(join(folder, 'index.html'))) return;
  app.use(
    '/assets',
    compressed,
    express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_S * 1_000, fallthrough: false }),
  );
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isView =
      (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|health|socket)(\/|$)/.test(request.path);
    if (!isView || !request.accepts('html')) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'));
  });
};
