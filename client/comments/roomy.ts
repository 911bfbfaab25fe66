/** From here on threads have room beside the text. */
export const ROOMY = '(width >= 80rem)'

/** Whether they have now; for what happens once, outside of drawing. */
export const isRoomy = (): boolean => matchMedia(ROOMY).matches
