import { describe, expect, it, vi } from 'vitest';
import { report } from '../../../src/background/report.ts';

const reported = (error: unknown): string => {
  const lines: unknown[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  report(error);
  spy.mockRestore();
  return lines.join('\n');
};

describe('R2: a report of a bug', () => {
  it.each([
    ['an at sign', 'unexpected "p@ssw0rd"'],
    ['lines that look like frames', 'refused\n    at p@ssw0rd\n  at p@ssw0rd:1:2\np@ssw0rd:1:2'],
    ['a dollar sign', "$& $` $' p@ssw0rd"],
    ['nothing but itself', 'p@ssw0rd'],
  ])('holds no message with %s', (_name, message) => {
    const text = reported(new TypeError(message));
    expect(text).not.toContain('ssw0rd');
    expect(text).toMatch(/^Buckle: TypeError\n\s+at .*report\.test\.ts:\d+:\d+/);
  });

  it("keeps Firefox's frames", () => {
    const error = new Error('p@ssw0rd');
    error.stack = 'send@moz-extension://b/background.js:10:5\n@moz-extension://b/background.js:1:1';
    expect(reported(error)).toBe(`Buckle: Error\n${error.stack}`);
  });
});
