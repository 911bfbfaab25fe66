import { MenuElipsisHorizontalIcon, PencilIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalFields } from '../../shared/blocks/goal.ts'
import { GoalStatus } from '../../shared/cases.ts'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { AgendaItem, BoxMenu, CommentItem, PlaceItems } from './BoxMenu.tsx'
import { serviceOf, useBlocks } from './context.ts'
import { type GetPos, setFieldsAt } from './edit.ts'
import { GoalSettings } from './GoalSettings.tsx'
import { StatusMenu } from './StatusMenu.tsx'
import { goalShapes } from './shapes.ts'
import { day } from './when.ts'

export type GoalViewProps = { editor: Editor; getPos: GetPos; fields: GoalFields; number: number }

/** Number, status, review date, and everything else one may do with a goal. */
export function GoalHead({ editor, getPos, fields, number }: GoalViewProps) {
  const { t, i18n } = useTranslation()
  const blocks = useBlocks(editor)
  const [settingsOpen, setSettingsOpen] = useState(false)
  const words = t('blocks.goalStatus', { returnObjects: true })
  const review = fields.reviewDate && t('blocks.reviewed', { date: day(fields.reviewDate, i18n.language) })
  const owners = fields.services.flatMap((id) => serviceOf(blocks, id) ?? [])

  return (
    <header className="goal-head" contentEditable={false} data-controls="">
      <span className="goal-number">{t('blocks.goalNumber', { number })}</span>
      <StatusMenu
        status={fields.status}
        shapes={goalShapes}
        words={words}
        order={GoalStatus.options}
        label={t('blocks.changeGoalStatus', { status: words[fields.status] })}
        canChange={blocks.canWrite}
        onChange={(status) => setFieldsAt(editor, getPos, { status })}
      />
      {owners.length > 0 && (
        <span className="goal-owners">
          {t('blocks.ownersOf', { services: owners.map(({ shortName }) => shortName).join(', ') })}
        </span>
      )}
      <span className="goal-review">
        {blocks.canWrite ? (
          <button type="button" className="block-control" onClick={() => setSettingsOpen(true)}>
            {review ?? t('blocks.setReview')}
          </button>
        ) : (
          review
        )}
      </span>
      {!blocks.canWrite && (
        <BoxMenu label={t('blocks.goalMenu', { number })} editor={editor} getPos={getPos} />
      )}
      {blocks.canWrite && (
        <Menu
          label={t('blocks.goalMenu', { number })}
          className="block-control block-menu"
          button={<MenuElipsisHorizontalIcon aria-hidden />}
        >
          <CommentItem editor={editor} getPos={getPos} />
          <AgendaItem editor={editor} getPos={getPos} />
          <MenuItem icon={<PencilIcon aria-hidden />} onSelect={() => setSettingsOpen(true)}>
            {t('blocks.edit')}
          </MenuItem>
          <MenuLine />
          <PlaceItems editor={editor} getPos={getPos} />
        </Menu>
      )}
      {settingsOpen && (
        <GoalSettings
          fields={fields}
          number={number}
          services={blocks.services}
          onClose={() => setSettingsOpen(false)}
          onChange={(changed) => setFieldsAt(editor, getPos, changed)}
        />
      )}
    </header>
  )
}
