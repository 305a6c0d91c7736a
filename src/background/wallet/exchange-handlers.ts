import { AppError, invalid } from '../../core/errors.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import { instructions, isRead } from '../../exchange/instructions/index.ts';
import type { RateBucket } from '../../exchange/rate.ts';
import type { Snapshot, WalletHandlers } from '../../messaging/contract.ts';
import { decide, withoutGrants } from '../../policy/decide.ts';
import type { Vault } from '../../vault/vault.ts';
import type { MarketData } from '../network/market-data.ts';
import { type Snapshots, snapshotOf } from '../records/snapshots.ts';
import type { SettingsStore } from '../settings.ts';

export interface ExchangeServices {
  vault: Vault;
  settings: SettingsStore;
  exchange: Exchange;
  marketData: MarketData;
  rate: Pick<RateBucket, 'read'>;
  /** Signs as that account. @throws LOCKED, INVALID_INPUT for an account that is not there. */
  identity: (account: string) => Promise<Identity>;
  snapshots: Snapshots;
  now: () => number;
  /** A failure that nobody waits for. */
  report: (error: unknown) => void;
}

/**
 * What Buckle's own pages read of the exchange. What changes something goes through the corridor.
 * @param selected - the account that is shown.
 */
export function createExchangeHandlers(
  services: ExchangeServices,
  selected: () => Promise<string | undefined>,
) {
  const { vault, settings, exchange, identity, marketData, snapshots, rate } = services;
  const { now, report } = services;

  /** The last thing seen is a help, not a duty: a full disk must not keep an answer from the screen. */
  const keep = (account: string, part: Snapshot): void => {
    snapshots.keep(account, part).catch(report);
  };

  return {
    'exchange.read': async ({ account, instruction, params }) => {
      if (!isRead(instruction)) throw invalid('instruction', 'unknown-key');
      const { scope } = instructions[instruction];
      const caller = { zone: 'wallet' } as const;
      const asked = { caller, account, use: 'send', instruction, scope, params } as const;
      const decision = decide({ ...withoutGrants, asked, now: now() });
      if (decision.verdict !== 'allow') throw new AppError('UNAUTHORIZED', undefined);
      const { windowMs } = await settings.read();
      const options = { window: windowMs, asker: 'wallet' } as const;
      const { answer, total } = await exchange.read(
        await identity(account),
        instruction,
        params,
        options,
      );
      const at = now();
      keep(account, snapshotOf(instruction, params, { at, value: answer }));
      return { at, answer, ...(total === undefined ? {} : { total }) };
    },
    'exchange.market': async ({ name, params }) => {
      const timed = await marketData.read(name, params);
      const chosen = await selected();
      if (chosen !== undefined && (name === 'tickers' || name === 'markPrices')) {
        keep(chosen, { [name]: { at: timed.at, value: timed.answer } } as Snapshot);
      }
      return timed;
    },

    'rate.read': async ({ account }) => {
      const found = (await vault.accounts()).find((each) => each.id === account);
      if (found === undefined) throw invalid('account', 'unknown-key');
      return rate.read(found.apiKey);
    },
  } satisfies Partial<WalletHandlers>;
}
