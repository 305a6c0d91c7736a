import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tableTypes, withTableTypes } from '../docs/api-types.ts';
import { instructionDocs } from '../docs/instructions.ts';
import { reference } from '../docs/reference.ts';

// npm run docs: writes what the instruction table says into the public types, the reference and the list of
// instructions.

const API = 'src/provider/api.ts';
const source = withTableTypes(await readFile(API, 'utf8'), await tableTypes());
await writeFile(API, source);
await mkdir('docs', { recursive: true });
await writeFile('docs/api.md', await reference(source));
await writeFile('docs/instructions.md', await instructionDocs());
