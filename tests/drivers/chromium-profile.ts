import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Makes Chromium take a profile for one that was used before: it restores no session in a new one, and a crash before it first
 * writes its preferences, some ten seconds after the start, leaves the profile new.
 */
export async function makeUsed(profile: string): Promise<void> {
  const preferences = join(profile, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  await mkdir(dirname(preferences), { recursive: true });
  await writeFile(preferences, '{}');
}
