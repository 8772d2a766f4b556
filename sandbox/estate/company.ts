import { type Family, family } from './family.ts';

/**
 * The fictional company whose events are in `events/`: the same clusters, services, containers and revisions. The
 * environment values and passwords are there to be kept in: nothing that the functions say may contain one.
 */
export const COMPANY = { partition: 'aws', region: 'eu-west-1', account: '111122223333' } as const;

/** Values that must never leave the APIs' answers. */
export const KEPT_IN = ['correct-horse-battery-staple', 'hunter2-reports', 'sk_live_51HarborDoNotShow'] as const;
const [DATABASE_PASSWORD, REPORTS_PASSWORD, PAYMENT_KEY] = KEPT_IN;

export const FAMILIES: Readonly<Record<string, Family>> = {
  checkout: family('checkout', {
    memory: 1024,
    tags: { 56: '2.30.1', 57: '2.30.2', 58: '2.31.0' },
    containers: [
      {
        name: 'checkout',
        port: 8080,
        environment: { LOG_LEVEL: 'info', DB_PASSWORD: DATABASE_PASSWORD, PAYMENT_KEY },
        memoryReservation: 768,
        revised: {
          58: {
            environment: {
              LOG_LEVEL: 'debug',
              DB_PASSWORD: DATABASE_PASSWORD,
              PAYMENT_KEY,
              PAYMENT_FALLBACK_KEY: PAYMENT_KEY,
            },
            memoryReservation: 384,
          },
        },
        logs: [
          'checkout 2.30.2 starting on port 8080',
          'connected to ledger at http://ledger.harbor-prod.local:8080',
          'GET /healthz 503 1004ms payment provider did not answer',
          'GET /healthz 503 1002ms payment provider did not answer',
        ],
      },
    ],
  }),
  ledger: family('ledger', {
    memory: 1024,
    tags: { 32: '5.0.6', 33: '5.0.7', 34: '5.0.7' },
    containers: [
      {
        name: 'ledger',
        port: 8080,
        environment: { DB_HOST: 'ledger-db.harbor.internal', DB_PASSWORD: DATABASE_PASSWORD },
        secrets: { DATABASE_URL: 'harbor/ledger/database-Xy12Ab' },
        logs: ['ledger 5.0.6 starting', 'migrations up to date', 'health: replication lag 41 s, limit 30 s'],
      },
    ],
  }),
  web: family('web', {
    memory: 1024,
    tags: { 91: '8.2.0', 92: '8.3.0' },
    containers: [
      {
        name: 'web',
        port: 3000,
        environment: { SESSION_SECRET: DATABASE_PASSWORD },
        logs: [
          'web 8.2.0 starting',
          'TypeError: Cannot read properties of undefined (reading "currency")',
          '    at priceOf (/app/dist/cart/price.js:41:23)',
          '    at renderCart (/app/dist/cart/render.js:112:9)',
          'uncaught exception, exiting with code 1',
        ],
      },
      { name: 'log-router', image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5', logs: [] },
    ],
  }),
  'report-worker': family('report-worker', {
    memory: 1024,
    tags: { 12: '1.9.4' },
    containers: [
      {
        name: 'worker',
        environment: { DB_PASSWORD: DATABASE_PASSWORD },
        logs: [
          'report-worker 1.9.4 polling harbor-reports',
          `using postgres://reports:${REPORTS_PASSWORD}@reports-db.harbor.internal/reports`,
          'report 48213 for account 9917: 1,204,882 rows',
          'loading all rows into memory before writing the spreadsheet',
          'heap 961 MB of 1,024 MB',
        ],
      },
    ],
  }),
  thumbnailer: family('thumbnailer', {
    memory: 2048,
    tags: { 40: '6.1.0' },
    containers: [{ name: 'thumbnailer', logs: ['thumbnailer 6.1.0 ready', 'SIGTERM received, finishing 3 images'] }],
  }),
  'nightly-export': family('nightly-export', {
    memory: 2048,
    tags: { 21: '3.4.1' },
    containers: [{ name: 'export', logs: ['export of 2026-11-16 started', 'export finished: 88,120 rows'] }],
  }),
  'edge-proxy': family('edge-proxy', {
    memory: 512,
    launchType: 'EC2',
    tags: { 88: '1.31.2' },
    containers: [{ name: 'envoy', port: 443, logs: ['envoy 1.31.2 starting workers'] }],
  }),
};
