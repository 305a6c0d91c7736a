import { createLog, type Log, type LogDraft } from '../../src/background/records/log.ts';
import { digestOf, START } from '../../src/background/records/log-chain.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { openValue, sealValue } from '../../src/vault/sealed.ts';
import { answerWith } from './answer.ts';

// Runs as the worker of an extension of its own: Buckle's activity log on the browser's disk, once with
// few entries and once with many, sealed as the vault seals them.

const FEW = 100;
const MANY = 100_000;
/** As many as the screen shows at once. */
const PAGE = 100;
const BLOCK = 2000;
const VAULT = 'bench';

const draft = (n: number): LogDraft => ({
  at: 1_750_000_000_000 + n,
  origin: 'https://desk.example',
  account: '7e0f6b0a-6f0e-4b63-9d2c-0a4b2b8f3c11',
  what: 'send',
  instruction: 'orderExecute',
  params: {
    ...{ symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '150.25', quantity: '1.5' },
    clientId: n,
  },
  decision: 'granted',
  grant: '8a1f5a4e-6f0e-4b63-9d2c-0a4b2b8f3c11',
  request: '5d1f5a4e-6f0e-4b63-9d2c-0a4b2b8f3c11',
});

async function createSeals() {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return {
    seal: (purpose: string, id: string, value: unknown) =>
      sealValue(key, VAULT, [purpose, id], value),
    open: (purpose: string, id: string, box: unknown) => openValue(key, VAULT, [purpose, id], box),
  };
}
type Seals = Awaited<ReturnType<typeof createSeals>>;
type Disk = ReturnType<ReturnType<typeof openDatabase>>;

/** The same entries as `append` would write, thousands a transaction: a disk takes minutes to confirm each of so many alone. */
async function fill(disk: Disk, seals: Seals, count: number): Promise<void> {
  let previous: string = START;
  for (let first = 1; first <= count; first += BLOCK) {
    const records: [key: number, record: unknown][] = [];
    for (let number = first; number < first + BLOCK && number <= count; number += 1) {
      const entry = { ...draft(number), number };
      const record = { previous, box: await seals.seal('log', `${number}/${previous}`, entry) };
      records.push([number, record]);
      previous = await digestOf(record);
    }
    await disk('readwrite', (objects) => {
      for (const [key, record] of records) objects.put(record, key);
    });
  }
  const head = await seals.seal('log-head', 'head', { count, digest: previous });
  await disk('readwrite', (objects) => void objects.put(head, 'head'));
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await act();
  return performance.now() - before;
};

/** A log that holds, as the log itself says, with what is measured of it, in ms. */
async function logOf(name: string, count: number, seals: Seals) {
  const disk = openDatabase(name)('log');
  await fill(disk, seals, count);
  const waiting = { get: async () => undefined, set: async () => undefined };
  const log: Log = createLog({ store: disk, seals, waiting });
  const { checked, total, problem } = await log.verify(Math.max(1, count - 1000));
  if (problem !== undefined || checked !== count || total !== count) throw new Error('no true log');
  let next = count;
  return {
    append: () => {
      next += 1;
      return timed(() => log.append(draft(next)));
    },
    newest: () => timed(() => log.read({ limit: PAGE })),
    oldest: () => timed(() => log.read({ limit: PAGE, before: PAGE + 1 })),
  };
}

async function prepare() {
  const seals = await createSeals();
  const few = await logOf('few', FEW, seals);
  const many = await logOf('many', MANY, seals);
  return {
    ready: async () => MANY,
    ...{ 'few append': few.append, 'few newest': few.newest, 'few oldest': few.oldest },
    ...{ 'many append': many.append, 'many newest': many.newest, 'many oldest': many.oldest },
  };
}

answerWith(prepare());
