import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Surface } from '../drivers/driver.ts';
import { launch } from '../drivers/launch.ts';

/** An extension whose worker is a file of this folder with Buckle's own modules inside. */
async function makeExtension(folder: string, worker: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL(worker, import.meta.url)),
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
  await writeFile(`${folder}/manifest.json`, JSON.stringify(manifest));
  await writeFile(`${folder}/page.html`, '<!doctype html><title>Bench</title>');
}

/** Runs such a worker in Chromium; `ask` sends it a word and gives the number that it answers with. */
export async function withWorker<T>(
  worker: `./${string}-worker.ts`,
  work: (ask: (what: string) => Promise<number>) => Promise<T>,
): Promise<T> {
  const folder = `out/bench-extension/${worker.slice('./'.length, -'.ts'.length)}`;
  await makeExtension(folder, worker);
  const driver = await launch({ extensionDir: folder }, 'chromium');
  try {
    const page: Surface = await driver.open('page.html');
    return await work((what) => page.evaluate('(what) => chrome.runtime.sendMessage(what)', what));
  } finally {
    await driver.close();
  }
}
