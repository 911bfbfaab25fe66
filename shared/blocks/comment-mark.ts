import { Mark, mergeAttributes } from '@tiptap/core'
import { ThreadId } from '../ids.ts'

/**
 * Where a thread of comments is anchored. The server writes it, so that who may only comment never needs to write;
 * editors carry it along with the text. Threads may overlap, and what is typed at its edge is not part of it.
 * Whether the thread is resolved is never in the mark.
 */
export const CommentMark = Mark.create({
  name: 'comment',
  excludes: '',
  inclusive: false,
  addAttributes: () => ({
    thread: {
      default: null,
      parseHTML: (element: HTMLElement) =>
        ThreadId.safeParse(element.getAttribute('data-thread')).data ?? null,
      renderHTML: ({ thread }) => (typeof thread === 'string' ? { 'data-thread': thread } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-thread]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'commented' }), 0],
})
