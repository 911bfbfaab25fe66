import { Editor } from '@tiptap/core'
import { type BlocksContext, editorExtensions } from '../../client/blocks/extensions.ts'
import type { BlockJson } from '../../shared/blocks/json.ts'
import { Member } from '../../shared/cases.ts'
import { Person } from '../../shared/people.ts'
import { Service } from '../../shared/services.ts'

const colour = { solid: '#565193', tint: '#f0f1ff', text: '#433f76' }

export const services = Service.array().parse([
  { id: 'skole', kind: 'school', name: 'Fjordvik skole', shortName: 'Skole', tile: 'SK', colour },
  { id: 'helse', kind: 'schoolHealth', name: 'Skolehelsetjenesten', shortName: 'Helse', tile: 'SH', colour },
  { id: 'hjem', kind: 'family', name: 'Foresatte og hjem', shortName: 'Hjem', tile: 'FO', colour },
])

export const members = Member.array().parse([
  {
    person: 'maren',
    name: 'Maren Solbakken',
    title: '',
    service: 'skole',
    role: 'coordinator',
    lastLineAt: null,
    parts: [],
  },
  {
    person: 'silje',
    name: 'Silje Nordhagen',
    title: '',
    service: 'helse',
    role: 'professional',
    lastLineAt: null,
    parts: [],
  },
])

export const maren = Person.parse({
  id: 'maren',
  name: 'Maren Solbakken',
  service: 'skole',
  role: 'staff',
  title: '',
})
export const silje = Person.parse({
  id: 'silje',
  name: 'Silje Nordhagen',
  service: 'helse',
  role: 'staff',
  title: '',
})

const open: Editor[] = []

/** Ends the editors of a test, with whatever they still waited for. */
export function closeEditors(): void {
  for (const editor of open.splice(0)) editor.destroy()
}

/** An editor with all blocks, as Maren has it; how the views look and react is for the browser journeys. */
export function editorWith(content: BlockJson[], more: Partial<BlocksContext> = {}): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: editorExtensions({
      services,
      me: maren,
      members: () => members,
      canWrite: () => true,
      canRate: () => true,
      ...more,
    }),
  })
  open.push(editor)
  const { tr, doc, schema } = editor.state
  const blocks = content.map((block) => schema.nodeFromJSON(block))
  editor.view.dispatch(tr.replaceWith(0, doc.content.size, blocks))
  return editor
}

/** The log in short: each block's type with what is in it. */
export function sketch(editor: Editor): string[] {
  const lines: string[] = []
  editor.state.doc.forEach((block) => {
    const inside = block.isTextblock
      ? []
      : block.children.map((child) => `${child.type.name}:${child.textContent}`)
    lines.push([`${block.type.name}:${block.isTextblock ? block.textContent : ''}`, ...inside].join(' | '))
  })
  return lines
}

/** Puts the caret in the line with this text. */
export function caretIn(editor: Editor, text: string): void {
  editor.state.doc.descendants((node, pos) => {
    if (node.isTextblock && node.textContent === text) editor.commands.setTextSelection(pos + 1)
  })
}
