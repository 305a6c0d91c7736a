/** The texts of choices that stand in more than one place. */
export const STP_TEXTS = {
  RejectTaker: 'rejectTaker',
  RejectMaker: 'rejectMaker',
  RejectBoth: 'rejectBoth',
} as const;
export const TRIGGER_TEXTS = {
  MarkPrice: 'markPrice',
  LastPrice: 'lastPrice',
  IndexPrice: 'indexPrice',
} as const;
