import { Extension, type Extensions } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Plugin } from '@tiptap/pm/state'
import { logFragment } from '../../shared/case-log/document.ts'
import { undoManagerOf } from '../../shared/case-log/undo.ts'
import type { Member } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Service } from '../../shared/services.ts'
import { unsure } from '../../shared/set-aside.ts'
import type { BlocksContext } from '../blocks/context.ts'
import { editorExtensions } from '../blocks/extensions.ts'
import type { LogConnection } from '../collab/connection.ts'
import { steady } from '../collab/steady-binding.ts'
import type { Anchors } from '../comments/anchors.ts'
import { commentMarks } from '../comments/comment-marks.ts'
import { t } from '../i18n/i18n.ts'
import { newsMarks } from '../news/marks.ts'
import { carets } from '../presence/carets.ts'
import type { HereStore } from '../presence/use-here.ts'
import { bylines } from './bylines.ts'
import { clickedCaret } from './clicked-caret.ts'
import { covered } from './covered.ts'
import { scrollAnchor } from './scroll-anchor.ts'

/** y-tiptap's binding, undoing only one's own, and leaving alone what did not change. */
const SharedText = Collaboration.extend({
  addProseMirrorPlugins() {
    const { fragment } = this.options
    if (fragment) this.options.yUndoOptions = { undoManager: undoManagerOf(fragment) }
    const [sync, ...others] = this.parent?.() ?? []
    return sync ? [steady(sync), ...others] : others
  },
})

export type LogContext = Pick<
  BlocksContext,
  'canWrite' | 'canRate' | 'canComment' | 'putOnAgenda' | 'rateThroughServer' | 'askWho' | 'shownIn'
> & {
  readonly log: LogConnection
  readonly me: Person
  readonly here: HereStore
  readonly anchors: Anchors
  services(): readonly Service[]
  members(): readonly Member[]
  language(): string
}

/** One sentence where a log has no text yet. */
const EmptyLog = Extension.create<{ sentence: () => string }>({
  name: 'emptyLog',
  addOptions: () => ({ sentence: () => '' }),
  addProseMirrorPlugins() {
    const { sentence } = this.options
    return [
      new Plugin({
        props: {
          attributes: (state): Record<string, string> =>
            state.doc.childCount === 0 ||
            (state.doc.childCount === 1 && state.doc.firstChild?.content.size === 0)
              ? { 'data-empty-log': '', 'data-empty': sentence() }
              : {},
        },
      }),
    ]
  },
})

/** Everything in the editor of an open log. */
export function logExtensions(context: LogContext): Extensions {
  const { log, me, here, anchors } = context
  const nameOf = (person: PersonId): string =>
    person === unsure.person
      ? t('setAside.unsure')
      : (context.members().find((member) => member.person === person)?.name ?? '…')
  return [
    ...editorExtensions({
      ...context,
      services: context.services(),
      members: context.members,
      comment: (on) => anchors.onComment(on),
      isThread: (thread) => anchors.isKnown(thread),
    }),
    SharedText.configure({ fragment: logFragment(log.doc) }),
    clickedCaret,
    carets({ awareness: log.awareness, services: context.services }),
    bylines({
      me,
      services: context.services,
      bylines: log.bylines.get,
      changedMeanwhile: log.changedMeanwhile.get,
      signing: () => ({
        me: me.id,
        now: Date.now(),
        language: context.language(),
        t,
        name: nameOf,
        writing: (key) => here.get().filter(({ typing, place }) => typing && place === key),
      }),
      onChange: (listener) => {
        const stops = [log.bylines, log.changedMeanwhile, here].map(({ subscribe }) => subscribe(listener))
        return () => {
          for (const stop of stops) stop()
        }
      },
    }),
    newsMarks(),
    commentMarks(anchors),
    // Where only a part of the log is shown, it scrolls by itself.
    ...(context.shownIn === undefined ? [scrollAnchor(covered)] : []),
    EmptyLog.configure({ sentence: () => t(context.canWrite() ? 'caseLog.empty' : 'caseLog.emptyReader') }),
  ]
}
