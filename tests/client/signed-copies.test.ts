// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { expect, test } from 'vitest'
import { evaluation } from '../../shared/blocks/json.ts'
import { blockExtensions, editorSchema } from '../../shared/blocks/registry.ts'
import { UniqueIds } from '../../shared/blocks/unique-ids.ts'
import { BlockId, PersonId, ServiceId } from '../../shared/ids.ts'

test('a colleague’s rating is signed by who pastes a copy of it; cut and pasted it stays the colleague’s', () => {
  const sign = () => ({ by: 'petter', service: 'ppt', at: '2026-11-22T08:00:00.000Z' })
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: blockExtensions.map((one) =>
      one.name === UniqueIds.name ? UniqueIds.configure({ sign }) : one,
    ),
  })
  const hers = evaluation(
    {
      id: BlockId.parse('hers'),
      by: PersonId.parse('sigrid'),
      service: ServiceId.parse('skolehelse'),
      score: -1,
    },
    'Tre dager',
  )
  const node = editorSchema().nodeFromJSON(hers)
  const paste = (at: number) =>
    editor.view.dispatch(editor.state.tr.insert(at, editor.schema.nodeFromJSON(node.toJSON())))
  editor.view.dispatch(editor.state.tr.delete(0, editor.state.doc.content.size))
  paste(0)
  paste(node.nodeSize)
  expect(editor.state.doc.child(0).attrs).toMatchObject({ id: 'hers', by: 'sigrid', score: -1 })
  expect(editor.state.doc.child(1).attrs).toMatchObject({ by: 'petter', service: 'ppt', score: -1 })
  expect(editor.state.doc.child(1).attrs['id']).not.toBe('hers')
  editor.view.dispatch(editor.state.tr.delete(0, node.nodeSize))
  paste(0)
  expect(editor.state.doc.child(0).attrs).toMatchObject({ id: 'hers', by: 'sigrid' })
  editor.destroy()
})
