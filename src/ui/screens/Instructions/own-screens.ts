import type { Instruction } from '../../../exchange/instructions/index.ts';
import type { Tab } from '../../state/navigation.ts';

/** Where Buckle has a screen that asks for it in a handier way. Whatever is not here has this form alone. */
const OWN_SCREENS: Partial<Record<Instruction, Tab>> = {
  balanceQuery: 'balances',
  orderQueryAll: 'orders',
  orderCancel: 'orders',
  orderCancelAll: 'orders',
  positionQuery: 'orders',
  orderExecute: 'trade',
  withdraw: 'transfer',
  maxWithdrawalQuantity: 'transfer',
  depositAddressQuery: 'transfer',
  depositQueryAll: 'transfer',
  withdrawalQueryAll: 'transfer',
  orderHistoryQueryAll: 'activity',
  fillHistoryQueryAll: 'activity',
  accountQuery: 'settings',
  accountUpdate: 'settings',
  collateralQuery: 'settings',
  maxBorrowQuantity: 'settings',
  maxOrderQuantity: 'settings',
  borrowLendPositionQuery: 'settings',
  borrowLendExecute: 'settings',
};

export const ownScreen = (name: Instruction): Tab | undefined => OWN_SCREENS[name];
