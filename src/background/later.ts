/** What is made when it is first wanted, out of a part of the background that is read then. */
export interface Later<T> {
  /** The same one for everybody. @throws if its part cannot be read, and nothing was done; the next call tries again */
  get(): Promise<T>;
  /** Has anybody asked for it? It may still be being made. */
  isWanted(): boolean;
  /** `undefined` as long as it is not made. */
  made(): T | undefined;
}

/** @param make - Imports at run time what it needs: that is not in the first script. */
export function later<T>(make: () => Promise<T>): Later<T> {
  let making: Promise<T> | undefined;
  let made: T | undefined;
  const begin = async (): Promise<T> => {
    try {
      made = await make();
      return made;
    } catch (error) {
      making = undefined;
      throw error;
    }
  };
  return {
    get() {
      making ??= begin();
      return making;
    },
    isWanted: () => making !== undefined,
    made: () => made,
  };
}
