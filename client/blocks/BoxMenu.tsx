import {
  ArrowDownIcon,
  ArrowUpIcon,
  CalendarIcon,
  ChatElipsisIcon,
  FilesIcon,
  MenuElipsisHorizontalIcon,
  TrashIcon,
} from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { duplicateAt, moveAt, removeAt } from './block-actions.ts'
import { useBlocks } from './context.ts'
import type { GetPos } from './edit.ts'
import { forAgenda } from './on-agenda.ts'

type Block = { editor: Editor; getPos: GetPos }

/** Commenting on a block, for whoever may. */
export function CommentItem({ editor, getPos }: Block) {
  const { t } = useTranslation()
  const { comment } = useBlocks(editor)
  if (!comment) return null
  const begin = () => {
    const at = getPos()
    if (at !== undefined) comment({ at })
  }
  return (
    <MenuItem icon={<ChatElipsisIcon aria-hidden />} onSelect={begin}>
      {t('comments.comment')}
    </MenuItem>
  )
}

/** Putting a goal or a concern on the agenda, for whoever may. */
export function AgendaItem({ editor, getPos }: Block) {
  const { t } = useTranslation()
  const { putOnAgenda } = useBlocks(editor)
  const block = putOnAgenda && forAgenda(editor, getPos)
  if (!block) return null
  return (
    <MenuItem icon={<CalendarIcon aria-hidden />} onSelect={() => putOnAgenda(block)}>
      {t('meetings.put')}
    </MenuItem>
  )
}

/** What one may do with any block: move, copy, delete. */
export function PlaceItems({ editor, getPos }: Block) {
  const { t } = useTranslation()
  return (
    <>
      <MenuItem icon={<ArrowUpIcon aria-hidden />} onSelect={() => moveAt(editor, getPos, 'up')}>
        {t('blocks.moveUp')}
      </MenuItem>
      <MenuItem icon={<ArrowDownIcon aria-hidden />} onSelect={() => moveAt(editor, getPos, 'down')}>
        {t('blocks.moveDown')}
      </MenuItem>
      <MenuItem icon={<FilesIcon aria-hidden />} onSelect={() => duplicateAt(editor, getPos)}>
        {t('blocks.duplicate')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<TrashIcon aria-hidden />} onSelect={() => removeAt(editor, getPos)}>
        {t('blocks.remove')}
      </MenuItem>
    </>
  )
}

/** The three dots of a block: nothing for who may neither write nor comment. */
export function BoxMenu({ label, ...block }: { label: string } & Block) {
  const { canWrite, comment } = useBlocks(block.editor)
  if (!canWrite && !comment) return null
  return (
    <Menu
      label={label}
      className="block-control block-menu"
      button={<MenuElipsisHorizontalIcon aria-hidden />}
    >
      <CommentItem {...block} />
      <AgendaItem {...block} />
      {canWrite && (
        <>
          {comment && <MenuLine />}
          <PlaceItems {...block} />
        </>
      )}
    </Menu>
  )
}
