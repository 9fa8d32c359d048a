import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { KibitzError } from '../lib/errors.ts';

const built = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** The built page. Its files carry a hash in their names; the page itself is asked for each time. */
export function pageRouter(): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(`${built}/assets`, { immutable: true, maxAge: '1y', fallthrough: false }),
  );
  router.use(express.static(built, { index: false, maxAge: '1h' }));
  router.get(/^\/(?!api\/|socket\.io\/).*/, (_request, response) => {
    if (!existsSync(`${built}/index.html`)) {
      throw new KibitzError('not_found', 'The page has not been built: run `npm run build`.');
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(`${built}/index.html`);
  });
  return router;
}
