import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const options = {
  environment: 'node',
  setupFiles: ['test/support/seed.ts'],
  testTimeout: 20_000,
  restoreMocks: true,
};

/** What these test is pure: it shares workers, which spares loading everything for each file. */
const PURE = ['domain', 'parse', 'render', 'corpus', 'golden'].map((room) => `test/${room}/**/*.test.ts`);

/** What draws the sandbox's page in Chromium, which not every machine has: `npm run test:browser`. */
const BROWSER = ['test/**/*.browser.test.ts'];

export default defineConfig({
  test: {
    // By default one core is left idle, which on two is half of them; what starts functions waits more than it works.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      { test: { ...options, name: 'pure', include: PURE, isolate: false } },
      { test: { ...options, name: 'whole', include: ['test/**/*.test.ts'], exclude: [...PURE, ...BROWSER] } },
      { test: { ...options, name: 'browser', include: BROWSER } },
    ],
  },
});
