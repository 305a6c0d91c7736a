import { readFile, writeFile } from 'node:fs/promises';
import { tableTypes, withTableTypes } from '../docs/api-types.ts';

// npm run docs: writes what the instruction table says into the public types.

const API = 'src/provider/api.ts';
await writeFile(API, withTableTypes(await readFile(API, 'utf8'), await tableTypes()));
