import { describe, expect, it } from 'vitest';
import type { SignedParams } from '../../exchange/params.ts';
import { atDesks, type Refused } from './desks.ts';

describe('requests for quotes', () => {
  interface RfqBody {
    rfqId: string;
    status: string;
    expiryTime: number;
  }
  const asking = () => {
    const world = atDesks();
    const submit = (more: SignedParams) =>
      world.call<RfqBody & Refused>('POST', '/api/v1/rfq', 'rfqSubmit', {
        symbol: 'SOL_USDC',
        side: 'Bid',
        ...more,
      });
    const open = () =>
      world.call<{ rfq: RfqBody; quotes: { quoteId: string }[] }[]>(
        'GET',
        '/api/v1/rfqs',
        'rfqQuery',
      ).body;
    const accept = (params: SignedParams) =>
      world.call<RfqBody & Refused>('POST', '/api/v1/rfq/accept', 'quoteAccept', params);
    return { ...world, submit, open, accept };
  };

  it('are quoted, and trade when a quote is accepted', () => {
    const { submit, open, accept, held } = asking();
    const { rfqId } = submit({ quantity: '2' }).body;
    const [found] = open();
    const quoteId = found?.quotes[0]?.quoteId ?? '';
    expect(accept({ rfqId, quoteId }).body.status).toBe('Filled');
    expect(held('SOL')?.available).toBe('12');
    expect(Number(held('USDC')?.available)).toBeCloseTo(1000 - 2 * 150.16, 1);
    expect(open()).toEqual([]);
    expect(accept({ rfqId, quoteId })).toMatchObject({ status: 400 });
  });
  it('trade at once when they may, within their price', () => {
    const { submit } = asking();
    const terms = { quantity: '1', executionMode: 'Immediate' };
    expect(submit({ ...terms, price: '151' }).body.status).toBe('Filled');
    expect(submit({ ...terms, price: '149' }).body.status).toBe('New');
  });
  it('take nothing from who cannot pay', () => {
    const { submit, open, accept, held } = asking();
    const { rfqId } = submit({ quantity: '20' }).body;
    const quoteId = open()[0]?.quotes[0]?.quoteId ?? '';
    expect(accept({ rfqId, quoteId }).body.code).toBe('INSUFFICIENT_FUNDS');
    expect(held('SOL')?.available).toBe('10');
  });
  it('expire, later when they are refreshed', () => {
    const { submit, open, call, pass } = asking();
    const { rfqId } = submit({ quantity: '1' }).body;
    pass(40_000);
    call('POST', '/api/v1/rfq/refresh', 'rfqRefresh', { rfqId });
    pass(40_000);
    expect(open()).toHaveLength(1);
    pass(40_000);
    expect(open()).toEqual([]);
  });
  it.each([
    [{}, 'INVALID_QUANTITY'],
    [{ quantity: '1', quoteQuantity: '1' }, 'INVALID_QUANTITY'],
    [{ quantity: '1', price: '150' }, 'INVALID_PRICE'],
    [{ quantity: '1', executionMode: 'Immediate' }, 'INVALID_PRICE'],
    [{ quantity: '1', symbol: 'SOL_USDC_PERP' }, 'INVALID_MARKET'],
  ])('are refused: %j', (more, code) => expect(asking().submit(more).body.code).toBe(code));
});

describe('strategies', () => {
  const plan = {
    symbol: 'SOL_USDC',
    side: 'Bid',
    strategyType: 'Scheduled',
    quantity: '4',
    duration: 60_000,
    interval: 15_000,
  };
  interface StrategyBody {
    id: string;
    status: string;
    executedQuantity: string;
  }
  const running = () => {
    const world = atDesks();
    const create = (more: SignedParams = {}) =>
      world.call<StrategyBody & Refused>('POST', '/api/v1/strategy', 'strategyCreate', {
        ...plan,
        ...more,
      });
    const past = () =>
      world.call<StrategyBody[]>('GET', '/wapi/v1/history/strategies', 'strategyHistoryQueryAll')
        .body;
    return { ...world, create, past };
  };

  it('buy part by part, and are completed when their time is over', () => {
    const { create, past, pass, held } = running();
    expect(create().body).toMatchObject({ status: 'Running', executedQuantity: '1' });
    pass(15_000);
    expect(past()[0]?.executedQuantity).toBe('2');
    pass(50_000);
    expect(past()[0]).toMatchObject({ status: 'Completed', executedQuantity: '4' });
    expect(Number(held('SOL')?.available)).toBeCloseTo(13.996, 3);
  });
  it('buy no more once they are cancelled', () => {
    const { create, past, pass, call } = running();
    const { id } = create().body;
    const cancel = () =>
      call('DELETE', '/api/v1/strategy', 'strategyCancel', {
        symbol: 'SOL_USDC',
        strategyId: id,
      });
    expect(cancel().status).toBe(200);
    pass(60_000);
    expect(past()[0]).toMatchObject({ status: 'Cancelled', executedQuantity: '1' });
    expect(cancel()).toMatchObject({ status: 400 });
  });
  it('end when the account cannot pay on', () => {
    const { create, pass, past } = running();
    create({ quantity: '16' });
    pass(30_000);
    expect(past()[0]).toMatchObject({ status: 'Terminated', cancelReason: 'InsufficientFunds' });
  });
  it('mark the orders that they place', () => {
    const { create, orderHistory } = running();
    const { id } = create().body;
    expect(orderHistory({ strategyId: id }).body).toMatchObject([{ strategyId: id }]);
  });
  it('are held against the market’s rules', () =>
    expect(running().create({ quantity: '4.001' }).body.code).toBe('INVALID_QUANTITY'));
});

describe('the vault', () => {
  const saving = () => {
    const world = atDesks();
    const mint = (quantity: string, vaultId = 1) =>
      world.call<Refused>('POST', '/api/v1/vault/mint', 'vaultMint', {
        vaultId,
        symbol: 'USDC',
        quantity,
      });
    const redeem = (more: SignedParams = {}) =>
      world.call<Refused>('POST', '/api/v1/vault/redeem', 'vaultRedeemRequest', {
        vaultId: 1,
        ...more,
      });
    const cancel = () =>
      world.call<Refused>('DELETE', '/api/v1/vault/redeem', 'vaultRedeemCancel', { vaultId: 1 });
    return { ...world, mint, redeem, cancel };
  };

  it('takes money for shares and gives it back after its delay', () => {
    const { mint, redeem, pass, held } = saving();
    expect(mint('100').status).toBe(200);
    expect(held('USDCVAULT')).toMatchObject({ available: '80' });
    expect(redeem().status).toBe(200);
    expect(held('USDCVAULT')).toMatchObject({ available: '0', locked: '80' });
    expect(held('USDC')?.available).toBe('900');
    pass(3_600_000);
    expect(held('USDC')?.available).toBe('900');
    redeem();
    expect(held('USDC')?.available).toBe('1000');
  });
  it('lets a wish be called back', () => {
    const { mint, redeem, cancel, held } = saving();
    mint('100');
    redeem({ vaultTokenQuantity: '30' });
    expect(redeem().body.code).toBe('PRECONDITION_FAILED');
    expect(cancel().status).toBe(200);
    expect(held('USDCVAULT')).toMatchObject({ available: '80', locked: '0' });
    expect(cancel().status).toBe(404);
  });
  it('shows its figures to its owner alone', () => {
    const { call, exchange, account } = saving();
    const nav = () => call<{ nav: string }>('GET', '/api/v1/vault/nav', 'vaultNavQuery');
    expect(nav().status).toBe(403);
    exchange.setVaultOwner(account.apiKey);
    expect(nav().body.nav).toBe('1.25');
  });
  it.each([
    ['5', 1, 'INVALID_QUANTITY'],
    ['5000', 1, 'INSUFFICIENT_FUNDS'],
    ['50', 2, 'RESOURCE_NOT_FOUND'],
  ])('refuses %s into vault %d', (quantity, vaultId, code) =>
    expect(saving().mint(quantity, vaultId).body.code).toBe(code),
  );
});
