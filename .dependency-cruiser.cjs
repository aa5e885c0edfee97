/** The table of ADR-free rules: who may import whom (see CONTRIBUTING.md). @type {import('dependency-cruiser').IConfiguration} */
const only = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { pathNot: to } });
const npm = '^node_modules/';
const node = '^(node:|[a-z_/]+$)';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('domain-kernel', '^src/domain/kernel/', '^src/domain/kernel/'),
    ...['account', 'conversation', 'desk', 'message', 'presence', 'roster'].map((aggregate) =>
      only(`domain-${aggregate}`, `^src/domain/${aggregate}/`, `^src/domain/(kernel|${aggregate})/`),
    ),
    only(
      'projection-runtime',
      '^src/projections/runtime/',
      '^src/(domain/kernel|projections/runtime|application/ports)/',
    ),
    only(
      'projections',
      '^src/projections/(?!runtime/|index)',
      '^src/(domain/(kernel/|[a-z]+/(events|examples)|presence/(effective|state))|projections/)',
    ),
    only('protocol', '^src/application/protocol/', '^src/application/protocol/'),
    // A read model's changes are data of the projection runtime, and the store port speaks of them.
    only('ports', '^src/application/ports/', '^src/(domain/|application/ports/|projections/runtime/)'),
    only(
      'application-core',
      '^src/application/(actors|authorization|codec)/',
      `^src/(domain|application/(actors|authorization|codec|ports|protocol)|projections/runtime)/|${node}|^node_modules/zod/`,
    ),
    only('presence', '^src/application/presence/', '^src/(domain|application/(presence|protocol))/'),
    only(
      'processes',
      '^src/application/processes/',
      `^src/(domain|application/(actors|processes|presence|read-models|codec|ports|protocol)|projections)/|${node}`,
    ),
    only(
      'visibility',
      '^src/application/visibility/',
      '^src/(domain|application/(visibility|actors|ports)|projections)/|^node_modules/@nestjs/common/',
    ),
    only(
      'use-cases',
      '^src/application/(commands|queries)/',
      `^src/(domain|application|projections)/|${node}|^node_modules/@nestjs/(common|cqrs)/`,
    ),
    {
      name: 'infrastructure-apart',
      comment:
        'infrastructure/<x> does not know infrastructure/<y>; sqlite, mongodb, config, limits, web-origin and the tokens are shared foundations',
      severity: 'error',
      from: { path: '^src/infrastructure/([^/]+)/' },
      to: {
        path: '^src/infrastructure/',
        pathNot: '^src/infrastructure/($1|sqlite|mongodb|config|limits|web-origin)/|^src/infrastructure/tokens',
      },
    },
    {
      name: 'inner-knows-no-outer',
      severity: 'error',
      from: { path: '^src/(domain|application|projections)/' },
      to: { path: '^src/(infrastructure/|[^/]+\\.ts$)' },
    },
    {
      name: 'frontend-knows-protocol-only',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: '^src/', pathNot: '^src/application/protocol/' },
    },
    {
      name: 'client-core-without-vue',
      severity: 'error',
      from: { path: '^frontend/src/(session|model)/' },
      to: { path: `${npm}|^frontend/src/(components|views|composables|i18n)/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
