import { lazy } from '../components/lazy.tsx';
import type { Trading } from '../state/trading.ts';

// A popup is opened for a glance far more often than for anything else: the unlock form and the balances are all that its
// first script holds. Every other screen is read when it is first shown, with the state that only it stands on (`Part`).
// This is the one file that reads code at run time; each path is written out.

export const Account = lazy(async () => (await import('../screens/Account/Account.tsx')).Account);
export const Activity = lazy(
  async () => (await import('../screens/Activity/Activity.tsx')).Activity,
);
export const AddAccount = lazy(
  async () => (await import('../screens/AddAccount/AddAccount.tsx')).AddAccount,
);
export const ClosePosition = lazy(
  async () => (await import('../screens/Orders/ClosePosition.tsx')).ClosePosition,
);
export const Damaged = lazy(async () => (await import('../screens/Damaged/Damaged.tsx')).Damaged);
export const Instructions = lazy(
  async () => (await import('../screens/Instructions/Instructions.tsx')).Instructions,
);
export const NoReach = lazy(async () => (await import('../screens/NoReach/NoReach.tsx')).NoReach);
export const NoStorage = lazy(
  async () => (await import('../screens/NoStorage/NoStorage.tsx')).NoStorage,
);
export const Orders = lazy(async () => (await import('../screens/Orders/Orders.tsx')).Orders);
export const RegisterKey = lazy(
  async () => (await import('../screens/AddAccount/RegisterKey.tsx')).RegisterKey,
);
export const Restore = lazy(async () => (await import('../screens/Restore/Restore.tsx')).Restore);
export const Settings = lazy(
  async () => (await import('../screens/Settings/Settings.tsx')).Settings,
);
export const Trade = lazy(async () => (await import('../screens/Trade/Trade.tsx')).Trade);
export const TradingDesk = lazy(
  async () => (await import('../screens/Desk/TradingDesk.tsx')).TradingDesk,
);
export const Transfer = lazy(
  async () => (await import('../screens/Transfer/Transfer.tsx')).Transfer,
);
export const Welcome = lazy(async () => (await import('../screens/Welcome/Welcome.tsx')).Welcome);

/** What streams tell, once there is something on screen for it. */
export const follow = async (trading: Trading): Promise<void> => {
  const { live } = await import('../state/live.ts');
  live(trading);
};
