import * as v from 'valibot';
import { canonicalRequest } from '../../core/canonical.ts';
import { AppError, invalid } from '../../core/errors.ts';
import { contentOf, isExpired } from '../../exchange/answer.ts';
import type { Exchange, Identity } from '../../exchange/client.ts';
import { instructions } from '../../exchange/instructions/index.ts';
import { decodeParams, field } from '../../exchange/schema.ts';
import type { TwoFactor } from '../../messaging/requests.ts';
import { maskedRefusal } from '../network/masking.ts';

/** The code as it was meant: people type `123 456`. @throws INVALID_INPUT at `code` */
export function assertCode({ way, code }: TwoFactor): TwoFactor {
  const plain = code.replace(/\s/gu, '');
  if (plain === '') throw invalid('code', 'required');
  if (!v.is(field.code, plain)) throw invalid('code', 'character');
  return { way, code: plain };
}

/** A token that the signed text can carry. @throws BAD_ANSWER */
function assertToken(token: string, status: number): string {
  try {
    canonicalRequest('withdraw', { twoFactorToken: token });
    return token;
  } catch {
    throw new AppError('BAD_ANSWER', { status, kind: 'shape', path: 'signature' });
  }
}

/**
 * What goes along as `twoFactorToken`: the code itself, or the token that the exchange gives for a code of the app or of an
 * e-mail. It stays in the background's memory, for this one request.
 * @throws EXCHANGE, NETWORK, BAD_ANSWER, CLOCK_SKEW if there is no token: then nothing else has left.
 */
export async function tokenFor(
  exchange: Exchange,
  identity: Identity,
  window: number,
  { way, code }: TwoFactor,
): Promise<string> {
  if (way === 'code') return code;
  const entry = instructions.issueTwoFactorToken;
  const request = {
    instruction: 'issueTwoFactorToken',
    entry,
    params: decodeParams(entry.params, { [way]: code }),
    window,
  };
  const ask = async (): Promise<string> => {
    const raw = await exchange.transmit(await exchange.stamp(identity, request, 'wallet'));
    return assertToken(contentOf(maskedRefusal(raw, [code]), entry.answer).signature, raw.status);
  };
  try {
    return await ask();
  } catch (error) {
    if (!isExpired(error)) throw error;
    const offsetMs = await exchange.clock.refresh();
    return ask().catch((second) => {
      throw isExpired(second) ? new AppError('CLOCK_SKEW', { offsetMs }) : second;
    });
  }
}
