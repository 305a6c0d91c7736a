import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { launch } from '../drivers/launch.ts';
import { median } from './median.ts';

const FOLDER = 'out/bench-extension';
const TURNS = 15;

/** An extension whose worker is `requests-worker.ts` with Buckle's own modules inside. */
async function makeExtension(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: FOLDER,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('./requests-worker.ts', import.meta.url)),
        formats: ['iife'],
        name: 'worker',
        fileName: () => 'worker.js',
      },
    },
  });
  const manifest = {
    manifest_version: 3,
    name: 'Bench',
    version: '1.0.0',
    background: { service_worker: 'worker.js' },
  };
  await writeFile(`${FOLDER}/manifest.json`, JSON.stringify(manifest));
  await writeFile(`${FOLDER}/page.html`, '<!doctype html><title>Bench</title>');
}

/** Whole requests and bare signatures a second in one worker of Chromium, turn by turn. */
export async function requestsPerSecond(): Promise<{ whole: number; bare: number }> {
  await makeExtension();
  const driver = await launch({ extensionDir: FOLDER }, 'chromium');
  try {
    const page = await driver.open('page.html');
    const measure = (what: string): Promise<number> =>
      page.evaluate('(what) => chrome.runtime.sendMessage(what)', what);
    const whole: number[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      whole.push(await measure('whole'));
      bare.push(await measure('bare'));
    }
    return { whole: median(whole), bare: median(bare) };
  } finally {
    await driver.close();
  }
}
