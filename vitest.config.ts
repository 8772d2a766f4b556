import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
