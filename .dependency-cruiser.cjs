// The street of lib/, from left to right: a module may import only modules to its left.
const STREET = [
  'core',
  'specs',
  'audit',
  'auth',
  'domains',
  'alerts',
  'governance',
  'platform',
  'products',
  'quality',
  'slo',
  'access',
  'lineage',
  'catalog',
  'provisioning',
  'pipelines',
  'serving',
  'release',
  'compliance',
  'insight',
  'adoption',
  'interop',
  'jobs',
  'http',
  'runtime',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...STREET.slice(0, -1).map((module, index) => ({
      name: `street-${module}`,
      comment: `lib/${module} may import only what stands to its left: ${STREET.slice(0, index).join(', ')}`,
      severity: 'error',
      from: { path: `^lib/${module}/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: `^lib/(${STREET.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'lib-knows-no-ui',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'next-only-at-the-edge',
      comment: 'Within lib/, only lib/http knows Next.js.',
      severity: 'error',
      from: { path: '^lib/(?!http/)' },
      to: { path: 'node_modules/next/' },
    },
    {
      name: 'primitives-know-no-domain',
      severity: 'error',
      from: { path: '^components/(ui|charts)/' },
      to: { path: '^(lib|app)/|^components/(?!ui/|charts/)' },
    },
    {
      name: 'components-know-no-pages',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^app/', pathNot: 'actions\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/core/generated|^\\.next' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
