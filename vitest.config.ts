import { defineConfig } from 'vitest/config';

const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** Long seeded runs. They need a processor and nothing else, so `npm test` has them beside the scenarios, which mostly wait. */
const RUNS = [
  'tests/unit/background/never-twice-*.test.ts',
  'tests/unit/background/corridor/consent.test.ts',
  'tests/unit/background/outcome/outcomes.test.ts',
  'tests/unit/practice-exchange/book.test.ts',
];

/** Properties that the unit tests try a few times, and the runs many times. */
const PROPERTIES = [
  'tests/unit/background/pages/ticket-deaths.test.ts',
  'tests/unit/core/canonical.test.ts',
  'tests/unit/exchange/instruction-texts.test.ts',
  'tests/unit/exchange/ladder.test.ts',
  'tests/unit/exchange/order-form.test.ts',
  'tests/unit/exchange/streams/merge-properties.test.ts',
  'tests/unit/policy/decide-properties.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          pool: 'threads',
          // A thread reads each module once for all files that it runs: to read them anew for each took a third of the time.
          isolate: false,
          setupFiles: ['tests/unit/leave-as-found.ts'],
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          exclude: RUNS,
          // Sources are checked by `npm run check`.
          typecheck: {
            enabled: true,
            ignoreSourceErrors: true,
            // The types in question and what they stand on, not all there is.
            tsconfig: 'tests/types/tsconfig.json',
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
          name: 'runs',
          include: [...RUNS, ...PROPERTIES],
          setupFiles: ['tests/unit/leave-as-found.ts'],
          env: { BUCKLE_RUNS: 'all' },
          // Beside the scenarios a run has half a processor.
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        oxc,
        test: {
          name: 'scenarios',
          include: ['tests/scenarios/**/*.scenario.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          // A browser beside another on a slow machine: nothing here is about how long it takes.
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 120_000,
        },
      },
      {
        oxc,
        test: {
          name: 'waits',
          include: ['tests/scenarios/**/*.wait.ts'],
          testTimeout: 300_000,
          expect: { poll: { timeout: 10_000 } },
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
