import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { KibitzError } from '../lib/errors.ts';
import { askRouter } from './ask-router.ts';
import { avatarsRouter } from './avatars-router.ts';
import { botsRouter } from './bots-router.ts';
import { createErrorMap } from './error-map.ts';
import { exportRouter } from './export-router.ts';
import { importRouter } from './import-router.ts';
import { joinRouter } from './join-router.ts';
import { noteRouter } from './note-router.ts';
import { pageRouter } from './page.ts';
import type { HttpParts } from './parts.ts';
import { roomsRouter } from './rooms-router.ts';
import { sessionRouter } from './session-router.ts';
import { sourcesRouter } from './sources-router.ts';
import { usageRouter } from './usage-router.ts';

/** The HTTP side: the page, the API, and what operators ask. */
export function createHttp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // These say where a request comes from; nobody else is believed.
  app.set('trust proxy', parts.trustedProxies);
  app.use(securityHeaders(), notIndexed);
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    response.json({ ok: true, ...(await parts.checkReady()) });
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await parts.metrics();
    response.type(contentType).send(text);
  });

  app.use('/api', foreignPagesRefused(parts), nulRefused);
  // Before the JSON parsers: who brings in a file is asked for first, and reads it after that.
  app.use('/api', importRouter(parts));
  app.use('/api/rooms', sourcesRouter(parts));
  app.use('/api/bots', express.json({ limit: '2mb', strict: true }));
  app.use('/api', express.json({ limit: '256kb', strict: true }));
  app.get('/api/server', (_request, response) => {
    response.json({ ok: true, ...parts.info });
  });
  app.use('/api', sessionRouter(parts), joinRouter(parts), askRouter(parts));
  app.use(
    '/api/rooms',
    exportRouter(parts),
    noteRouter(parts),
    usageRouter(parts),
    avatarsRouter(parts),
    roomsRouter(parts),
  );
  app.use('/api/bots', botsRouter(parts));
  app.use('/api', () => {
    throw new KibitzError('not_found', 'There is no such call.');
  });
  app.use(pageRouter());
  app.use(createErrorMap(parts.log));
  return app;
}

/** Nothing on the page comes from elsewhere, and nothing it shows is fetched by itself. */
function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Whether browsers must come by https is for who runs the proxy to say.
    strictTransportSecurity: false,
  });
}

const notIndexed: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  next();
};

/** No id has a NUL, and PostgreSQL takes none in a text. */
const nulRefused: RequestHandler = ({ path }, _response, next) => {
  if (path.includes('%00')) throw new KibitzError('not_found', 'There is nothing at this address.');
  next();
};

function foreignPagesRefused({ origins }: HttpParts): RequestHandler {
  return ({ headers }, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (origins.allows(headers.origin, headers.host)) return next();
    throw new KibitzError(
      'forbidden',
      'This address is not the one the server is set up for. Its operator can set PUBLIC_URL to it.',
    );
  };
}
