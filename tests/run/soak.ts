import { runVitest } from './vitest.ts';

// npm run soak: long random runs with faults. What a seed did is in the name of the test that failed.
const results = await runVitest('soak', { label: 'soak', args: process.argv.slice(2) });
const failed = results.filter(({ outcome }) => outcome !== 'passed').length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
