import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { openApiDocument, routes } from '@streamus/contracts';
import express, { type Express } from 'express';

/** Where the description of the API and its reading room are. */
export const DOCS_PATH = '/api/docs';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

const start = `window.addEventListener('load', () => {
  SwaggerUIBundle({ url: '${DOCS_PATH}/openapi.json', dom_id: '#swagger-ui', deepLinking: true });
});`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>StreamUs API</title>
<link rel="stylesheet" href="${DOCS_PATH}/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="${DOCS_PATH}/swagger-ui-bundle.js"></script>
<script src="${DOCS_PATH}/start.js"></script>
</html>`;

/** Serves the OpenAPI description and pages to browse it; static files only, the same for everybody. */
export function serveApiDocs(app: Express, version: string): void {
  const description = JSON.stringify(openApiDocument(routes, version));
  const files = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const docs = express.Router();
  docs.use((_, response, next) => {
    response.setHeader('content-security-policy', policy);
    next();
  });
  docs.get('/', (_, response) => void response.type('html').send(page));
  docs.get('/start.js', (_, response) => void response.type('js').send(start));
  docs.get('/openapi.json', (_, response) => void response.type('json').send(description));
  docs.use(express.static(files, { index: false, maxAge: '1d' }));
  app.use(DOCS_PATH, docs);
}
