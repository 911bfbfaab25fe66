import { describe, expect, test } from 'vitest'
import { editorSchema } from '../../../shared/blocks/registry.ts'

const schema = editorSchema()

describe('[BL1] every block accepts any mix of children, none included', () => {
  for (const [name, type] of Object.entries(schema.nodes)) {
    if (type.isText || type.isAtom) continue

    test(`[BL1.1] ${name}: its content expression ends in * and requires nothing`, () => {
      expect(type.spec.content).toMatch(/^(\w+|\(\w+( \| \w+)*\))\*$/)
      expect(type.contentMatch.validEnd, 'may be empty').toBe(true)
    })

    test(`[BL1.1] ${name}: any child it accepts may stand first, last, alone and after any other`, () => {
      const accepted = Object.values(schema.nodes).filter(
        (child) => type.contentMatch.matchType(child) !== null,
      )
      for (const first of accepted) {
        const after = type.contentMatch.matchType(first)
        expect(after?.validEnd, `${first.name} alone`).toBe(true)
        for (const second of accepted)
          expect(after?.matchType(second), `${second.name} after ${first.name}`).not.toBeNull()
      }
    })
  }

  test('[BL1.2] a new line in a goal is a paragraph, never a second title', () => {
    for (const name of ['doc', 'goal', 'concern', 'decision', 'listItem'])
      expect(schema.nodes[name]?.contentMatch.defaultType?.name).toBe('paragraph')
  })

  test('[BL1.3] a block needs no attribute to exist', () => {
    for (const type of Object.values(schema.nodes)) expect(type.hasRequiredAttrs(), type.name).toBe(false)
  })
})

describe('[BL2] one attribute per field', () => {
  test('[BL2.1] every field is a single value, or one list of ids that is chosen as a whole', () => {
    for (const type of Object.values(schema.nodes))
      for (const [name, attribute] of Object.entries(type.spec.attrs ?? {})) {
        const value: unknown = attribute.default
        const single = value === null || ['string', 'number'].includes(typeof value)
        expect(single || (type.name === 'goal' && name === 'services'), `${type.name}.${name}`).toBe(true)
      }
  })

  test('[BL2.2] what people write is child content, never an attribute', () => {
    for (const name of ['goal', 'measure', 'evaluation', 'concern', 'decision']) {
      const fields = Object.keys(schema.nodes[name]?.spec.attrs ?? {})
      expect(
        fields.filter((field) => ['text', 'title', 'line', 'measures', 'evaluations'].includes(field)),
      ).toEqual([])
    }
  })
})

describe('[BL4] ids', () => {
  test('[BL4.1] every block that others refer to carries an id of its own', () => {
    const carrying = Object.values(schema.nodes).filter((type) => type.spec.attrs && 'id' in type.spec.attrs)
    expect(carrying.map((type) => type.name).sort()).toEqual([
      'concern',
      'decision',
      'evaluation',
      'goal',
      'measure',
      'minutes',
    ])
  })
})
