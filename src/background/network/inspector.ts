import type { Ended, Watched } from '../../exchange/client.ts';
import type { WalletHandlers } from '../../messaging/contract.ts';
import type { Inspected } from '../../messaging/transfers.ts';
import { formsOf, MASK } from './masking.ts';

/** How many requests are kept, and how much of each answer. */
export const INSPECTED = 100;
const LONGEST_ANSWER = 20_000;

/** What is secret in a signed text, whatever the instruction. No value holds an `&`, so each ends at the next one. */
const SECRET = /(?<=&)(twoFactorToken|app|email)=([^&]*)/g;

/** What the exchange gives for a code, in its answer. */
const ISSUES_TOKEN = 'issueTwoFactorToken';

export interface Inspector {
  /** A signed request leaves: what to call when it is answered, or nothing while the inspector is off. */
  watch(request: Watched): ((ended: Ended) => void) | undefined;
  /** On lock: what was seen is private. */
  clear(): void;
  handlers: Pick<WalletHandlers, 'inspector.read' | 'inspector.switch'>;
}

/**
 * The last requests with the text that was signed and what came of it. Off by default, in memory only. Signatures never get
 * here; codes and tokens are masked before anything is kept.
 */
export function createInspector({ now }: { now: () => number }): Inspector {
  let isOn = false;
  let seen: Inspected[] = [];
  let count = 0;

  const clear = (): void => {
    seen = [];
  };

  return {
    clear,
    watch({ instruction, method, path, signedText, signature }) {
      if (!isOn) return undefined;
      const secrets = [...signedText.matchAll(SECRET)].map(([, , value]) => value ?? '');
      count += 1;
      const at = now();
      const entry: Inspected = {
        number: count,
        at,
        instruction,
        method,
        path,
        signedText: signedText.replace(SECRET, `$1=${MASK}`),
      };
      seen = [entry, ...seen].slice(0, INSPECTED);
      const masked = (text: string): string => {
        if (instruction === ISSUES_TOKEN && text.includes('"signature"')) return MASK;
        const forms = [...secrets, signature].flatMap(formsOf);
        return forms.reduce((left, form) => left.replaceAll(form, MASK), text);
      };
      return (ended) => {
        entry.tookMs = Math.max(0, now() - at);
        if ('failure' in ended) entry.failure = ended.failure;
        else {
          entry.status = ended.status;
          entry.answer = masked(ended.text).slice(0, LONGEST_ANSWER);
        }
      };
    },
    handlers: {
      'inspector.read': async () => ({ on: isOn, requests: seen }),
      'inspector.switch': async ({ on }) => {
        isOn = on;
        if (!on) clear();
        return {};
      },
    },
  };
}
