// Words that can be followed through any edit: four characters each, and no two words share a character, so that
// no diff can mistake one for a part of another.

const LENGTH = 4
/** Hangul and Chinese characters: one UTF-16 unit each, none of which joins or folds with its neighbours. */
const FIRST = 0x3400

/** The word with this number. */
export const wordOf = (number: number): string =>
  String.fromCharCode(...Array.from({ length: LENGTH }, (_, index) => FIRST + number * LENGTH + index))

/** Numbers and places of the whole words in a text. */
export function wordsIn(text: string): { number: number; index: number; length: number }[] {
  const found: { number: number; index: number; length: number }[] = []
  for (let index = 0; index + LENGTH <= text.length; index += 1) {
    const offset = text.charCodeAt(index) - FIRST
    if (offset < 0 || offset % LENGTH !== 0) continue
    const number = offset / LENGTH
    if (!text.startsWith(wordOf(number), index)) continue
    found.push({ number, index, length: LENGTH })
    index += LENGTH - 1
  }
  return found
}
