import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const ENTRY = resolve('src/background/index.ts');
const FIRST_SCRIPT = 'background.js';
const LATER = 'later.js';
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

/** What would make a part, once somebody calls it. */
const part = ({ fileName, code }: Script): string =>
  `self.buckleParts[${JSON.stringify(fileName)}]=(require,exports)=>{${code}};\n`;

/**
 * What makes a part when it is first asked for, then the first part itself. A worker may read a script later that it read while
 * it was being installed, and no other; the browser keeps it compiled. An event page has it already: its manifest lists it.
 * @see https://w3c.github.io/ServiceWorker/#importscripts
 */
const firstScript = (first: string): string => `(()=>{
const made={};
const require=(path)=>{
  const name=path.split("/").pop();
  if(made[name])return made[name];
  if(!self.buckleParts)importScripts("${LATER}");
  const exports={};
  self.buckleParts[name](require,exports);
  return made[name]=exports;
};
addEventListener("install",()=>importScripts("${LATER}"));
((require,exports)=>{${first}})(require,made["${FIRST}.js"]={});
})();
`;

/**
 * The background as two plain scripts. `background.js` holds all that is imported before it runs; what is behind an `import()` is
 * a part in `later.js`, which is evaluated when it is first wanted. One file for them all: a browser fetches every script of a
 * worker at each start, wanted or not, and each more of them takes longer than all that is in it.
 */
export async function backgroundScripts(): Promise<{
  scripts: readonly Script[];
  watched: readonly string[];
}> {
  const { plugin, group } = oneFirstFile(ENTRY);
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [plugin],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: ENTRY, formats: ['cjs'], fileName: () => 'entry.js' },
      rolldownOptions: {
        output: { chunkFileNames: '[name].js', codeSplitting: { groups: [group] } },
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
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  return {
    scripts: [
      { fileName: LATER, code: `self.buckleParts={};\n${later.map(part).join('')}` },
      { fileName: FIRST_SCRIPT, code: firstScript(first.code) },
    ],
    watched: chunks.flatMap(({ moduleIds }) => moduleIds),
  };
}
