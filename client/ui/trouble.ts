import { createStore } from './store.ts'

/** What could not be done, where the view that asked for it has no place of its own to say so. */
export const trouble = createStore<string | undefined>(undefined)

/** Says on the screen, until it is put away or something else is said, that something could not be done. */
export const tellTrouble = (text: string): void => trouble.set(text)
