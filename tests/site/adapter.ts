import type {
  AnswerOf,
  Buckle,
  ParamsOf,
  SignableInstruction,
  SignedRequest,
} from '../../src/provider/api.ts';

/**
 * A `fetch` for instructions: Buckle signs, your page sends. `transport` is whatever reaches the exchange from where you are; a
 * browser reads the exchange's answers only if the exchange allows your origin, so a page mostly goes through its own server.
 */
export function createSignedFetch(
  buckle: Buckle,
  transport: (request: SignedRequest) => Promise<Response>,
) {
  return async <I extends SignableInstruction>(
    instruction: I,
    params: ParamsOf<I>,
  ): Promise<AnswerOf<I>> => {
    // Signed when it is needed, never kept: the exchange refuses what is older than its window.
    const signed = await buckle.sign<SignableInstruction>(instruction, params);
    const response = await transport(signed);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  };
}

/** Sends a signed request by way of this page's own server. */
export const throughOwnServer = (request: SignedRequest): Promise<Response> =>
  fetch('/relay', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
