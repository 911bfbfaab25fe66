import { CalendarIcon, QuestionmarkCircleIcon, TasklistIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { Become } from '../../shared/comments.ts'
import { BlockId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { Menu, MenuGroup, MenuItem } from '../ui/Menu.tsx'
import { Tile } from '../ui/Tile.tsx'
import type { Card } from './cards.ts'
import { putThread } from './queries.ts'
import { useComments } from './use-comments.ts'

type Goal = { readonly id: BlockId; readonly title: string; readonly blocks: ReadonlySet<string> }

/** The goals of the log, in order, with the ids of everything in each. */
export function goalsOf(editor: Editor | undefined): Goal[] {
  if (!editor || editor.isDestroyed) return []
  const goals: Goal[] = []
  editor.state.doc.descendants((node) => {
    if (node.type.name !== 'goal') return !node.isTextblock
    const id = BlockId.safeParse(node.attrs['id']).data
    const blocks = new Set<string>(id ? [id] : [])
    let title = ''
    node.descendants((child) => {
      if (child.type.name === 'goalTitle') title ||= child.textContent
      if (typeof child.attrs['id'] === 'string') blocks.add(child.attrs['id'])
      return !child.isTextblock
    })
    if (id) goals.push({ id, title, blocks })
    return false
  })
  return goals
}

/** The goal that a thread's text stands in. */
export const goalOf = (goals: readonly Goal[], { thread }: Card): Goal | undefined =>
  goals.find(({ blocks }) => thread?.anchor.block && blocks.has(thread.anchor.block))

/** What a thread can be made into, with one click. */
export function BecomeMenu({ card, onFailed }: { card: Card; onFailed: (failed: boolean) => void }) {
  const { t } = useTranslation()
  const { detail, editor, me } = useComments()
  const services = useServices()
  const goals = goalsOf(editor)
  const own = goalOf(goals, card)
  const here = new Set(detail.members.map(({ service }) => service))
  const asked = services.filter(({ id }) => here.has(id) && id !== me.service)
  const mayMeasure = can(detail.role, 'log.write') && goals.length > 0
  const mayAgenda = can(detail.role, 'agenda.change')
  const mayAsk = can(detail.role, 'question.ask') && asked.length > 0
  if (!mayMeasure && !mayAgenda && !mayAsk) return null

  const become = (body: Become) => {
    call(endpoints.threadBecomes, { params: { id: detail.id, thread: card.id }, body }).then(
      ({ thread }) => {
        onFailed(false)
        putThread(detail.id, thread)
      },
      () => onFailed(true),
    )
  }
  const measure = <TasklistIcon aria-hidden />
  return (
    <Menu label={t('comments.becomeLong')} className="thread-action" button={t('comments.become')}>
      {mayMeasure && own && (
        <MenuItem icon={measure} onSelect={() => become({ kind: 'measure', goal: own.id })}>
          {t('comments.becomes.measure')}
        </MenuItem>
      )}
      {mayMeasure && !own && (
        <MenuGroup label={t('comments.becomes.measure')}>
          {goals.map(({ id, title }, at) => (
            <MenuItem key={id} icon={measure} onSelect={() => become({ kind: 'measure', goal: id })}>
              <span className="become-goal">
                {t('blocks.goalNumber', { number: at + 1 })} {title}
              </span>
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {mayAgenda && (
        <MenuItem icon={<CalendarIcon aria-hidden />} onSelect={() => become({ kind: 'agenda' })}>
          {t('comments.becomes.agenda')}
        </MenuItem>
      )}
      {mayAsk && (
        <MenuGroup label={t('comments.becomes.question')}>
          {asked.map(({ id, name }) => (
            <MenuItem
              key={id}
              icon={<QuestionmarkCircleIcon aria-hidden />}
              onSelect={() => become({ kind: 'question', service: id })}
            >
              <Tile service={id} size={22} /> {name}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
    </Menu>
  )
}
