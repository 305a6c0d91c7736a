import { useState } from 'preact/hooks';
import { isList } from '../../core/canonical.ts';
import { invalid } from '../../core/errors.ts';
import type { Problem } from '../../exchange/bounds.ts';
import type { ApprovalView } from '../../messaging/sites.ts';
import type { GrantTerms } from '../../policy/grant.ts';
import { narrowestGrant, readTerms } from '../../policy/narrowest-grant.ts';
import type { MarketFacts } from '../../policy/notional.ts';
import { checkGrant, draftOf, type GrantDraft } from '../screens/Sites/grant-draft.ts';
import type { ApprovalDesk } from '../state/approval-desk.ts';
import type { Given, Remembered } from '../state/approvals.ts';
import type { MarketData } from '../state/market.ts';

/** What a grant is measured by, from what is in sight now. */
function factsOf(market: MarketData, symbol: unknown, now: number): MarketFacts {
  const found = typeof symbol === 'string' ? market.market(symbol) : undefined;
  if (!found) return {};
  const markOf = (name: string) => {
    const reference = market.reference(name);
    return reference && { price: reference.price, at: now };
  };
  return {
    market: found,
    mark: markOf(found.symbol),
    quoteMark: markOf(`${found.quoteSymbol}_USDC`),
  };
}

/** It met a limit that the person has set. Another grant beside that one adds nothing to it: in Sites it can be changed. */
const MET_LIMIT: ReadonlySet<string> = new Set(['order-cap', 'minute-cap', 'day-cap']);

/** The least that would let this request through next time; `undefined` if nothing could. */
export function rememberable(
  { kind, requests, because }: ApprovalView,
  market: MarketData,
  now: number,
): GrantTerms | undefined {
  const [request] = requests;
  if (!request || requests.length > 1 || kind === 'connect') return undefined;
  if (MET_LIMIT.has(because)) return undefined;
  const { instruction, params } = request;
  // What lets one batch through would let single orders through as well: nobody has been shown that.
  if (isList(params)) return undefined;
  const terms = narrowestGrant({ instruction, params }, factsOf(market, params.symbol, now), now);
  // A signature that trades is always asked: no grant would change that.
  return kind === 'send' || terms?.scopes.every((scope) => scope === 'read') ? terms : undefined;
}

/** A site that wants to trade gets a day and no more unless the person says otherwise. */
const whenTicked = (draft: GrantDraft, part: Partial<GrantDraft>): Partial<GrantDraft> =>
  part.trade && !draft.trade && draft.kinds.length === 0
    ? { ...part, kinds: ['limit', 'cancel'], lasts: 'day' }
    : part;

/** What the person fills in beside the decision: the account of a new site, and what the site may do from now on. */
export function useAnswer(desk: ApprovalDesk, approval: ApprovalView) {
  const { session, surroundings } = desk;
  const { kind, connect, origin } = approval;
  const accounts = session.accounts.value.filter(
    // A site that is bound already stays so (R33).
    ({ id, status }) => status === 'active' && (approval.account ?? id) === id,
  );
  const [picked, pick] = useState(session.account.value?.id);
  const account = accounts.find(({ id }) => id === picked)?.id ?? accounts[0]?.id;
  const [draft, setDraft] = useState<GrantDraft | undefined>(() => {
    if (!connect) return undefined;
    const now = Date.now();
    return { ...draftOf(readTerms(now), now, true), read: connect.scopes.includes('read') };
  });
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  /** The powers as they are to be saved. @throws INVALID_INPUT where the form says why. */
  const terms = (): GrantTerms | undefined => {
    if (!draft || (kind === 'connect' && !draft.read && !draft.trade)) return undefined;
    const checked = checkGrant(draft, Date.now());
    setProblems(checked.ok ? [] : checked.problems);
    if (!checked.ok) throw invalid('terms', 'required');
    return checked.terms;
  };

  return {
    accounts,
    account,
    pick,
    draft,
    problems,
    change(part: Partial<GrantDraft>): void {
      setProblems([]);
      if (draft) setDraft({ ...draft, ...whenTicked(draft, part) });
    },
    remember(on: boolean): void {
      const now = Date.now();
      const least = on ? rememberable(approval, surroundings.market, now) : undefined;
      setProblems([]);
      setDraft(least && draftOf(least, now, true));
    },
    /** @throws INVALID_INPUT at `account` or `terms` */
    collect(): { given: Given; remember?: Remembered } {
      const granted = terms();
      if (kind === 'connect') {
        if (account === undefined) throw invalid('account', 'required');
        return { given: { account, ...(granted && { terms: granted }) } };
      }
      const remember =
        granted && approval.account !== undefined
          ? { remember: { origin, account: approval.account, terms: granted } }
          : {};
      return { given: {}, ...remember };
    },
  };
}
