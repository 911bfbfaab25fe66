import { describe, expect, test } from 'vitest'
import { en } from '../../client/i18n/en/index.ts'
import { nb } from '../../client/i18n/nb/index.ts'
import { errorCodes } from '../../shared/errors.ts'

type Tree = { readonly [key: string]: string | Tree }

const flat = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : flat(value, `${at}${key}.`),
  )
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort()

const bokmaal = flat(nb)
const english = new Map(flat(en))

describe('the words in both languages', () => {
  test('every sentence exists in both and none is empty', () => {
    expect([...english.keys()].sort()).toEqual(bokmaal.map(([key]) => key).sort())
    expect([...bokmaal, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test.each(bokmaal)('%s carries the same values in both', (key, text) => {
    expect(new Set(holes(english.get(key) ?? ''))).toEqual(new Set(holes(text)))
  })

  test('every error code has its sentence', () => {
    for (const code of errorCodes) expect(nb.error[code]).toBeTruthy()
  })

  test('nobody is asked to register or fill in a form', () => {
    const banned = /\b(registrer|skjema|register|form)\w*\b/i
    expect([...bokmaal, ...english].filter(([, text]) => banned.test(text) && !/format/i.test(text))).toEqual(
      [],
    )
  })
})
