import { defineConfig } from 'vitest/config';

const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          // Sources are checked by `npm run check`.
          typecheck: {
            enabled: true,
            ignoreSourceErrors: true,
            include: ['tests/types/**/*.test-d.ts'],
          },
          testTimeout: 30_000,
          // Not one worker fewer than cores: there are only two.
          maxWorkers: 2,
        },
      },
      {
        oxc,
        test: {
          name: 'scenarios',
          include: ['tests/scenarios/**/*.scenario.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc,
        test: {
          name: 'soak',
          include: ['tests/soak/**/*.soak.ts'],
          testTimeout: 300_000,
        },
      },
    ],
  },
});
