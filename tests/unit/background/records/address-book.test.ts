import { get, keys, set } from 'idb-keyval';
import { describe, expect, it } from 'vitest';
import { createAddressBookHandlers } from '../../../../src/background/records/address-book.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { refusalOf } from '../withdrawal-world.ts';
import { createDisk } from '../world.ts';

const SOLANA = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';
const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

/** Seals that open only in their place, as the vault's do. */
const seals = {
  seal: async (purpose: string, id: string, value: unknown) => ({ at: `${purpose}/${id}`, value }),
  open: async (purpose: string, id: string, sealed: unknown) => {
    const box = sealed as { at?: string; value?: unknown };
    if (box.at !== `${purpose}/${id}`) throw new AppError('VAULT_DAMAGED', undefined);
    return box.value;
  },
};

async function book() {
  let time = 1_760_000_000_000;
  const store = await createDisk();
  const handlers = createAddressBookHandlers({
    store,
    seals,
    now: () => {
      time += 1;
      return time;
    },
    randomId: () => crypto.randomUUID(),
  });
  const list = () => handlers['addressBook.list']({});
  const save = (change: object = {}) =>
    handlers['addressBook.save']({
      label: 'Cold',
      address: SOLANA,
      blockchain: 'Solana',
      needsCode: false,
      ...change,
    });
  return { store, list, save, remove: handlers['addressBook.remove'] };
}

describe('the address book', () => {
  it('keeps addresses just as they were given, in the order they came', async () => {
    const { list, save } = await book();
    const first = await save({ label: '  Cold  ' });
    const second = await save({ address: EVM, blockchain: 'Ethereum', needsCode: true });
    expect(first).toMatchObject({ label: 'Cold', address: SOLANA, needsCode: false });
    expect(await list()).toEqual({ entries: [first, second], damaged: 0 });
  });

  it('changes an entry in its place, and forgets one for good', async () => {
    const { list, save, remove } = await book();
    const first = await save();
    const changed = await save({ id: first.id, label: 'Colder', needsCode: true });
    expect(changed).toEqual({ ...first, label: 'Colder', needsCode: true });
    await remove({ id: first.id });
    expect(await list()).toEqual({ entries: [], damaged: 0 });
    expect(await refusalOf(save({ id: first.id }))).toMatchObject({ path: 'id' });
  });

  it.each<[string, object, object]>([
    ['no name', { label: ' ' }, { path: 'label', reason: 'required' }],
    [
      'a name that turns text around',
      { label: 'a\u202eb' },
      { path: 'label', reason: 'character' },
    ],
    ['no address', { address: '' }, { path: 'address', reason: 'required' }],
    [
      'an address of another chain',
      { address: EVM },
      { path: 'address', reason: 'address-wrong-chain' },
    ],
    [
      'a mistyped address',
      { address: EVM.replace('Ae', 'ae'), blockchain: 'Base' },
      { path: 'address', reason: 'address-checksum' },
    ],
    [
      'a chain that needs a tag',
      { blockchain: 'XRP' },
      { path: 'blockchain', reason: 'address-tag' },
    ],
    [
      'a chain that is no name',
      { blockchain: 'a b' },
      { path: 'blockchain', reason: 'chain-unknown' },
    ],
  ])('refuses %s', async (_name, change, data) => {
    const { list, save } = await book();
    expect(await refusalOf(save(change))).toMatchObject({ code: 'INVALID_INPUT', ...data });
    expect((await list()).entries).toEqual([]);
  });

  it('refuses an address that is there, in whatever capitals, but takes it on another chain', async () => {
    const { list, save } = await book();
    await save({ address: EVM, blockchain: 'Base' });
    const twice = save({ address: EVM.toLowerCase(), blockchain: 'Base' });
    expect(await refusalOf(twice)).toMatchObject({ path: 'address', reason: 'address-known' });
    await save({ address: EVM, blockchain: 'Ethereum' });
    const both = await Promise.allSettled([save(), save()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await list()).entries).toHaveLength(3);
  });

  it('R29: counts entries that were changed on disk or put in each other’s place, and shows none of them', async () => {
    const { store, list, save } = await book();
    const [first, second, third] = [
      await save(),
      await save({ address: EVM, blockchain: 'Base' }),
      await save({ address: EVM, blockchain: 'Ethereum' }),
    ];
    await set(`address/${first.id}`, await get(`address/${second.id}`, store), store);
    await set(`address/${crypto.randomUUID()}`, { forged: true }, store);
    await set('draft/withdraw', { at: 'draft/withdraw' }, store);
    expect(await list()).toEqual({ entries: [second, third], damaged: 2 });
    expect((await keys(store)).length).toBe(5);
  });

  it('a locked vault stays an error', async () => {
    const store = await createDisk();
    const locked = () => Promise.reject(new AppError('LOCKED', undefined));
    const handlers = createAddressBookHandlers({
      store,
      seals: { seal: locked, open: locked },
      now: () => 1,
      randomId: () => crypto.randomUUID(),
    });
    await set(`address/${crypto.randomUUID()}`, {}, store);
    expect(await refusalOf(handlers['addressBook.list']({}))).toEqual({ code: 'LOCKED' });
  });
});
