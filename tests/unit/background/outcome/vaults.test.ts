import { describe, expect, it } from 'vitest';
import { absent, look, notFound, SENT, unknown } from './look.ts';

describe('vaults', () => {
  const mint = { vaultId: 1, symbol: 'USDC', quantity: '100' };
  const minted = { id: '61', symbol: 'USDC', quantity: '100.0', timestamp: SENT + 50 };
  const found = { is: { outcome: 'done', madeId: '61' } };
  it.each<[string, unknown, object]>([
    ['as asked', [minted], found],
    ['just before', [{ ...minted, timestamp: SENT - 3000 }], unknown],
    ['of another size', [{ ...minted, quantity: '99' }], unknown],
    ['long ago', [{ ...minted, timestamp: SENT - 3_600_000 }], absent],
    ['not at all', [], absent],
    ['in a history that is not there', notFound, unknown],
  ])('put into: %s', async (_how, rows, finding) =>
    expect(await look('vaultMint', mint, { vaultMintHistoryQueryAll: rows })).toEqual(finding),
  );
  it('put into by another request of ours', async () =>
    expect(
      await look('vaultMint', mint, { vaultMintHistoryQueryAll: [minted] }, { others: ['61'] }),
    ).toEqual(absent));

  const wish = { id: '61', status: 'Requested', vaultTokenQuantity: '2', timestamp: SENT + 50 };
  it.each<[string, unknown, object]>([
    ['waiting', [wish], found],
    ['of another size', [{ ...wish, vaultTokenQuantity: '3' }], unknown],
    ['redeemed since', [{ ...wish, status: 'Redeemed', timestamp: SENT + 3_600_000 }], unknown],
    ['of long ago', [{ ...wish, timestamp: SENT - 3_600_000 }], absent],
    ['none', [], absent],
    ['in a history that is not there', notFound, unknown],
  ])('shares to be redeemed: %s', async (_how, rows, finding) =>
    expect(
      await look(
        'vaultRedeemRequest',
        { vaultId: 1, vaultTokenQuantity: '2' },
        { vaultRedeemHistoryQueryAll: rows },
      ),
    ).toEqual(finding),
  );
  it.each<[string, unknown, object]>([
    ['called back', [{ ...wish, status: 'Cancelled' }], found],
    ['still waiting', [{ ...wish, timestamp: SENT - 60_000 }], absent],
    ['redeemed instead', [{ ...wish, status: 'Redeemed' }], unknown],
    ['none', [], unknown],
    ['in a history that is not there', notFound, unknown],
  ])('a redemption: %s', async (_how, rows, finding) =>
    expect(
      await look('vaultRedeemCancel', { vaultId: 1 }, { vaultRedeemHistoryQueryAll: rows }),
    ).toEqual(finding),
  );
});
