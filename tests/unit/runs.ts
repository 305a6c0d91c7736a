/**
 * How often a property is tried: `few` times among the unit tests, `all` times where the long seeded runs are
 * (the project `runs`, which sets this variable).
 */
export const runs = (few: number, all: number): number =>
  process.env.BUCKLE_RUNS === 'all' ? all : few;
