import { useEffect } from 'preact/hooks';
import type { WireError } from '../../../core/errors.ts';
import type { Token } from '../../../exchange/types.ts';
import { FIAT_CHAINS, TAG_CHAINS } from '../../../policy/addresses.ts';
import { AddressText } from '../../components/AddressText.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Field } from '../../components/Field.tsx';
import { Notice } from '../../components/Notice.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { Select } from '../../components/Select.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import type { DepositState } from '../../state/deposit.ts';
import { known } from '../../state/remote.ts';
import { transferring } from '../../state/transferring.ts';
import { t } from '../../text.ts';
import { LoadFailure } from '../common/LoadFailure.tsx';
import { assetOptions, networkOptions } from './options.ts';
import { TransferList } from './TransferList.tsx';

/** Why no money can come in this way; `undefined` if it can. */
function closedText({ blockchain, depositEnabled }: Token, symbol: string): string | undefined {
  if (TAG_CHAINS.includes(blockchain)) return t('depositTag', blockchain);
  if (FIAT_CHAINS.includes(blockchain)) return t('depositBank');
  return depositEnabled ? undefined : t('depositOff', symbol, blockchain);
}

/** The exchange makes an address when it is first asked for one, which takes a while. */
const conflictText = (error: WireError, blockchain: string): string | undefined =>
  error.code === 'EXCHANGE' && error.data.status === 409
    ? t('depositConflict', blockchain, error.data.message || error.data.code)
    : undefined;

/** The address to send to, or why there is none yet. */
function Address({ deposit, token }: { deposit: DepositState; token: Token }) {
  const { blockchain, minimumDeposit } = token;
  const { symbol } = deposit.choice.value;
  const remote = deposit.address.value;
  const address = known(remote)?.value.address;
  useEffect(() => {
    void deposit.look(blockchain);
  }, [deposit, blockchain]);
  if (address === undefined) {
    if (remote.status !== 'failed') return <Skeleton wide />;
    const conflict = conflictText(remote.error, blockchain);
    return (
      <Notice
        kind={conflict ? 'info' : 'error'}
        action={{ label: t('tryAgain'), onPress: () => void deposit.refresh() }}
      >
        {conflict ?? errorText(remote.error)}
      </Notice>
    );
  }
  return (
    <>
      <Notice kind="warn">{t('depositOnly', symbol, blockchain)}</Notice>
      <Field label={t('depositAddress')} value={address} readOnly>
        <CopyButton text={address} label={t('copyDepositAddress')} />
      </Field>
      <div class="deposit-address">
        <QrCode text={address} label={t('depositQr')} />
        <p>
          <AddressText address={address} />
        </p>
      </div>
      <p class="secondary">{t('depositMinimum', minimumDeposit, symbol)}</p>
    </>
  );
}

/** Where to send money so that it arrives in the account, and what has come in. */
export function Deposit({ app }: { app: App }) {
  const { balances } = app.trading;
  const transfer = transferring(app.trading);
  const { deposit, assets, transfers } = transfer;
  const { symbol, blockchain } = deposit.choice.value;
  const token = deposit.token.value;
  const closed = token && closedText(token, symbol);
  return (
    <div class="deposit stack">
      <LoadFailure remote={assets.remote.value} onRetry={() => void assets.ensure()} />
      <div class="form-pair form-pair-even">
        <Select
          label={t('asset')}
          value={symbol}
          options={assetOptions(assets.movable.value, balances, symbol)}
          onChange={(next) => deposit.choose({ symbol: next })}
        />
        <Select
          label={t('network')}
          value={blockchain}
          options={networkOptions(deposit.asset.value, 'in', blockchain)}
          onChange={(next) => deposit.choose({ blockchain: next })}
          error={closed}
        />
      </div>
      {token && !closed && <Address key={blockchain} deposit={deposit} token={token} />}
      {!token && <p class="secondary">{t('depositChoose')}</p>}
      <h2>{t('deposits')}</h2>
      <TransferList
        caption={t('deposits')}
        transfers={transfers}
        remotes={[transfers.deposits.value]}
        kind="deposit"
        empty={{ title: t('noDeposits'), hint: t('noDepositsHint') }}
      />
    </div>
  );
}
