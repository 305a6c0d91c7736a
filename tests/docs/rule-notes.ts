/**
 * The rules between the fields of a request, in words, by instruction, the field that is refused, and why: for people. What holds
 * is in the table.
 */
export const RULE_NOTES: Readonly<Record<string, string>> = {
  'accountUpdate leverageLimit required': 'at least one setting is given',
  'orderQuery orderId conflict': 'exactly one of `orderId` and `clientId`',
  'orderCancel orderId conflict': 'exactly one of `orderId` and `clientId`',
  'orderExecute price required': 'a limit order has a `price`',
  'orderExecute price conflict': 'a market order has no `price`',
  'orderExecute triggerQuantity conflict': '`triggerPrice` and `triggerQuantity` come together',
  'orderExecute triggerBy conflict': '`triggerBy` only with `triggerPrice`',
  'orderExecute quantity required':
    'exactly one of `quantity` and `quoteQuantity`; neither for a trigger order, whose size is `triggerQuantity`',
  'orderExecute quoteQuantity conflict': '`quoteQuantity` only for a market order',
  'orderExecute postOnly conflict':
    '`postOnly` only for a limit order that may rest: no `timeInForce`, or `GTC`',
  'orderExecute stopLossLimitPrice conflict':
    '`stopLossLimitPrice` only with `stopLossTriggerPrice`',
  'orderExecute stopLossTriggerBy conflict': '`stopLossTriggerBy` only with `stopLossTriggerPrice`',
  'orderExecute takeProfitLimitPrice conflict':
    '`takeProfitLimitPrice` only with `takeProfitTriggerPrice`',
  'orderExecute takeProfitTriggerBy conflict':
    '`takeProfitTriggerBy` only with `takeProfitTriggerPrice`',
  'orderExecute slippageTolerance required':
    '`slippageTolerance` and `slippageToleranceType` come together',
  'rfqSubmit quantity required': 'exactly one of `quantity` and `quoteQuantity`',
  'rfqSubmit price conflict': '`price` only with the `executionMode` `Immediate`',
  'rfqSubmit price required': 'the `executionMode` `Immediate` needs a `price`',
  'quoteAccept rfqId conflict': 'exactly one of `rfqId` and `clientId`',
  'rfqCancel rfqId conflict': 'exactly one of `rfqId` and `clientId`',
  'strategyCreate interval conflict': '`interval` is no longer than `duration`',
  'strategyCreate postOnly conflict':
    '`postOnly` only with a `price` and where it may rest: no `timeInForce`, or `GTC`',
  'strategyCreate slippageTolerance required':
    '`slippageTolerance` and `slippageToleranceType` come together',
  'strategyQuery strategyId conflict': 'exactly one of `strategyId` and `clientStrategyId`',
  'strategyCancel strategyId conflict': 'exactly one of `strategyId` and `clientStrategyId`',
};
