import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const ENTRY = resolve('src/background/index.ts');
const FOLDER = 'background';
const FIRST = 'first';

/** A file of the background as it is written, its path inside the package. */
export interface Script {
  fileName: string;
  code: string;
}

/**
 * Gathers an entry and all that it imports before it runs into one file. What is read later, by `import()`, is left as it falls.
 */
export function oneFirstFile(entry: string) {
  const first = new Set<string>();
  const plugin: Plugin = {
    name: 'one-first-file',
    buildEnd() {
      first.clear();
      first.add(entry);
      // A set gives what is added to it while it is gone through.
      for (const id of first) {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) first.add(imported);
      }
    },
  };
  const group = { name: (id: string) => (first.has(id) ? FIRST : null), debugName: FIRST };
  return { plugin, group };
}

/** A part as a plain script: it only says what would make it. */
const part = (name: string, code: string): string =>
  `(self.buckleParts??={})["${name}"]=(require,exports)=>{${code}};\n`;

/**
 * The first script: what makes a part when it is first asked for, then the first part itself. A worker may read any script later
 * that it read while it was being installed, and no other; the browser keeps each compiled. An event page has them all by then,
 * since its manifest lists them.
 * @see https://w3c.github.io/ServiceWorker/#importscripts
 */
const firstScript = (first: string, later: readonly string[]): string => `(()=>{
const made={};
const require=(path)=>{
  const name=path.split("/").pop();
  if(made[name])return made[name];
  if(!self.buckleParts?.[name])importScripts("${FOLDER}/"+name);
  const exports={};
  self.buckleParts[name](require,exports);
  return made[name]=exports;
};
addEventListener("install",()=>importScripts(${later.map((name) => `"${name}"`).join(',')}));
((require,exports)=>{${first}})(require,made["${FIRST}.js"]={});
})();
`;

/**
 * The background as plain scripts: the first, `background.js`, holds all that is imported before it runs. What is behind an
 * `import()` is a part of its own, which is evaluated when it is first wanted.
 */
export async function backgroundScripts(plugins: readonly Plugin[]): Promise<{
  scripts: readonly Script[];
  watched: readonly string[];
}> {
  const { plugin, group } = oneFirstFile(ENTRY);
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [...plugins, plugin],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: ENTRY, formats: ['cjs'], fileName: () => 'entry.js' },
      rolldownOptions: {
        output: { chunkFileNames: `${FOLDER}/[name].js`, codeSplitting: { groups: [group] } },
      },
    },
  });
  const chunks = [built]
    .flat()
    .flatMap((each) => ('output' in each ? each.output : []))
    .filter((each) => each.type === 'chunk');
  const first = chunks.find(({ name }) => name === FIRST);
  if (first === undefined) throw new Error('no first script came of the background');
  const later = chunks
    .filter((each) => each !== first && !each.isEntry)
    .map(({ fileName, code }) => ({
      fileName,
      code: part(fileName.slice(FOLDER.length + 1), code),
    }))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const names = later.map(({ fileName }) => fileName);
  return {
    scripts: [...later, { fileName: 'background.js', code: firstScript(first.code, names) }],
    watched: chunks.flatMap(({ moduleIds }) => moduleIds),
  };
}
