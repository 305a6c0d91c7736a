import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';

/** Lets promises, and screens whose code is read when they are shown, settle. */
async function settle(): Promise<void> {
  await Promise.all([
    import('../../../src/ui/screens/Account/Account.tsx'),
    import('../../../src/ui/screens/Activity/Activity.tsx'),
    import('../../../src/ui/screens/AddAccount/AddAccount.tsx'),
    import('../../../src/ui/screens/AddAccount/RegisterKey.tsx'),
    import('../../../src/ui/screens/Damaged/Damaged.tsx'),
    import('../../../src/ui/screens/Instructions/Instructions.tsx'),
    import('../../../src/ui/screens/Orders/ClosePosition.tsx'),
    import('../../../src/ui/screens/Orders/EditOrder.tsx'),
    import('../../../src/ui/screens/Orders/Orders.tsx'),
    import('../../../src/ui/screens/Restore/Restore.tsx'),
    import('../../../src/ui/screens/Settings/Settings.tsx'),
    import('../../../src/ui/screens/Trade/LadderFields.tsx'),
    import('../../../src/ui/screens/Trade/MoreOptions.tsx'),
    import('../../../src/ui/screens/Trade/ReviewLadder.tsx'),
    import('../../../src/ui/screens/Trade/ReviewOrder.tsx'),
    import('../../../src/ui/screens/Trade/Trade.tsx'),
    import('../../../src/ui/screens/Transfer/Transfer.tsx'),
    import('../../../src/ui/screens/Welcome/Welcome.tsx'),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Renders into a fresh place in the document, and gives what a person could find there. */
export function show(what: ComponentChild) {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  void act(() => render(what, root));
  const all = (selector: string): HTMLElement[] => [
    ...root.querySelectorAll<HTMLElement>(selector),
  ];
  const one = (selector: string): HTMLElement => {
    const found = all(selector);
    const [element] = found;
    if (found.length !== 1 || !element) throw new Error(`${found.length} match ${selector}`);
    return element;
  };
  /** The input that a label with this text belongs to. */
  const labelled = (text: string): HTMLInputElement => {
    const label = all('label').find((element) => element.textContent?.trim() === text);
    const id = label?.getAttribute('for');
    const input = id ? root.querySelector(`[id="${id}"]`) : label?.querySelector('input');
    if (!(input instanceof HTMLElement)) throw new Error(`nothing is labelled ${text}`);
    return input as HTMLInputElement;
  };
  const button = (name: string): HTMLButtonElement => {
    const found = all('button').filter((element) => element.textContent?.trim() === name);
    if (found.length !== 1) throw new Error(`${found.length} buttons are called ${name}`);
    return found[0] as HTMLButtonElement;
  };
  return {
    root,
    all,
    one,
    labelled,
    button,
    rerender: (next: ComponentChild) => void act(() => render(next, root)),
    /** Presses it and lets what it starts settle. */
    press: async (name: string) => {
      await act(async () => {
        button(name).click();
        await settle();
      });
      // A screen that it led to has been asked for by now, and is shown.
      await act(settle);
    },
    fill: (label: string, value: string) =>
      act(() => {
        const input = labelled(label);
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    key: (target: HTMLElement, key: string) =>
      act(() => {
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }),
    /** What is described by `aria-describedby`, as a screen reader joins it. */
    description: (input: HTMLElement): string =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => root.querySelector(`[id="${id}"]`)?.textContent ?? '')
        .join(' '),
    /** Lets promises and what they render settle. */
    settled: () => act(settle),
  };
}
