/** From here on the history has room beside the log. */
export const WIDE = '(width >= 75rem)'
