/** Where the wall stands in one column. */
export const NARROW = '(max-width: 999px)'
