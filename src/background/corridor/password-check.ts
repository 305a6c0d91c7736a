import * as v from 'valibot';
import { invalid } from '../../core/errors.ts';
import { createQueue } from '../../core/queue.ts';

/** The password was given for this digest at that moment (Unix ms). */
interface Given {
  digest: string;
  at: number;
}

/** That it was given, to be remembered or not once it is known how the request fared. */
export interface Confirmation extends Given {
  /** Changes with each lock. */
  epoch: number;
}

export interface PasswordCheck {
  /**
   * @throws WRONG_PASSWORD; INVALID_INPUT required at `password` if none came along and none is remembered for the digest.
   */
  confirm(digest: string, password: string | undefined): Promise<Confirmation>;
  /** The exchange wants a second factor: for five minutes from when it was typed, it need not be typed again. */
  remember(confirmation: Confirmation): Promise<void>;
  forget(digest: string): Promise<void>;
  /** On lock. What was confirmed before it is not remembered after it. */
  clear(): Promise<void>;
}

export interface PasswordCheckDependencies {
  /** @throws WRONG_PASSWORD */
  verify: (password: string) => Promise<void>;
  /** Lives as long as the browser, survives a stopped worker, is never on disk. Holds digests, never the password. */
  memory: {
    get(): Promise<unknown>;
    set(given: readonly Given[]): Promise<void>;
    remove(): Promise<void>;
  };
  now: () => number;
}

const MEMORY_MS = 5 * 60_000;
/** So many requests may wait for a second factor at once. */
const MOST = 10;
const kept = v.array(v.object({ digest: v.string(), at: v.number() }));

/** What cannot be taken back is confirmed with the password, each time, but for the tries of one and the same request. */
export function createPasswordCheck({
  verify,
  memory,
  now,
}: PasswordCheckDependencies): PasswordCheck {
  const serial = createQueue();
  let epoch = 0;

  const alive = async (): Promise<readonly Given[]> => {
    const found = v.safeParse(kept, await memory.get());
    const isAlive = ({ at }: Given): boolean => now() >= at && now() - at < MEMORY_MS;
    return found.success ? found.output.filter(isAlive) : [];
  };
  const change = (edit: (given: readonly Given[]) => readonly Given[]): Promise<void> =>
    serial(async () => {
      const given = edit(await alive());
      await (given.length === 0 ? memory.remove() : memory.set(given));
    });

  return {
    async confirm(digest, password) {
      const begun = epoch;
      if (password !== undefined && password !== '') {
        const at = now();
        await verify(password);
        return { digest, at, epoch: begun };
      }
      const given = (await serial(alive)).find((each) => each.digest === digest);
      if (given === undefined || begun !== epoch) throw invalid('password', 'required');
      return { ...given, epoch: begun };
    },
    remember: ({ digest, at, epoch: begun }) =>
      change((given) => {
        // Asked within the queue: a lock's own clearing runs after this, or the epoch has moved already.
        if (begun !== epoch) return given;
        return [...given.filter((each) => each.digest !== digest), { digest, at }].slice(-MOST);
      }),
    forget: (digest) => change((given) => given.filter((each) => each.digest !== digest)),
    clear() {
      epoch += 1;
      return serial(() => memory.remove());
    },
  };
}
