declare const chrome: {
  runtime: {
    onMessage: {
      addListener(
        listener: (what: string, sender: unknown, reply: (number: number) => void) => true,
      ): void;
    };
  };
};

/** Answers a page's words with the number that the act of this name gives; `NaN` if there is none. */
export function answerWith(acts: Promise<Record<string, () => Promise<number>>>): void {
  chrome.runtime.onMessage.addListener((what, _sender, reply) => {
    void acts.then(async ({ [what]: act }) => reply(act ? await act() : Number.NaN));
    return true;
  });
}
