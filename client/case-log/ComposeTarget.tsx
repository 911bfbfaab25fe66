import { ChevronDownIcon, XMarkIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { BlockId } from '../../shared/ids.ts'
import { stepSign, steps } from '../blocks/goal-model.ts'
import { Menu, MenuChoice, MenuGroup } from '../ui/Menu.tsx'
import type { Target } from './own-lines.ts'

type Goal = { readonly id: BlockId; readonly number: number; readonly title: string }

/** The goals of the log, numbered as they stand. */
export function goalsIn(editor: Editor | undefined): Goal[] {
  const goals: Goal[] = []
  if (!editor || editor.isDestroyed) return goals
  let number = 0
  editor.state.doc.forEach((node) => {
    if (node.type.name !== 'goal') return
    number += 1
    const id = BlockId.safeParse(node.attrs['id']).data
    let title = ''
    node.forEach((child) => {
      if (child.type.name === 'goalTitle') title ||= child.textContent
    })
    if (id) goals.push({ id, number, title })
  })
  return goals
}

type Given = {
  editor: Editor | undefined
  target: Target
  mayMeasure: boolean
  onChange: (target: Target) => void
}

/** «Som tiltak» and «som vurdering», from the same line. */
export function TargetMenu({ editor, target, mayMeasure, onChange }: Given) {
  const { t } = useTranslation()
  const word = t(
    target.kind === 'line'
      ? 'caseLog.compose.asLine'
      : target.kind === 'measure'
        ? 'blocks.measure'
        : 'blocks.evaluation',
  )
  return (
    <Menu
      label={`${t('caseLog.compose.as')}: ${word}`}
      className="compose-as"
      align="end"
      button={
        <>
          <span>{word}</span>
          <ChevronDownIcon aria-hidden />
        </>
      }
    >
      <MenuChoice checked={target.kind === 'line'} onSelect={() => onChange({ kind: 'line' })}>
        {t('caseLog.compose.asLine')}
      </MenuChoice>
      <GoalChoices {...{ editor, target, mayMeasure, onChange }} />
    </Menu>
  )
}

function GoalChoices({ editor, target, mayMeasure, onChange }: Given) {
  const { t } = useTranslation()
  const goals = goalsIn(editor)
  const chosen = target.kind === 'line' ? undefined : target.goal
  const kinds = mayMeasure ? (['measure', 'evaluation'] as const) : (['evaluation'] as const)
  if (goals.length === 0) return null
  return kinds.map((kind) => (
    <MenuGroup
      key={kind}
      label={t(kind === 'measure' ? 'caseLog.compose.asMeasure' : 'caseLog.compose.asEvaluation')}
    >
      {goals.map(({ id, number, title }) => (
        <MenuChoice
          key={id}
          checked={target.kind === kind && chosen === id}
          onSelect={() =>
            onChange(kind === 'measure' ? { kind, goal: id } : { kind, goal: id, score: undefined })
          }
        >
          <span className="compose-goal">
            {t('blocks.goalNumber', { number })} <span>{title || t('caseLog.compose.goalUntitled')}</span>
          </span>
        </MenuChoice>
      ))}
    </MenuGroup>
  ))
}

/** Over the line: what it becomes, and for an evaluation the step. */
export function TargetRow({
  editor,
  target,
  asked,
  onChange,
}: Omit<Given, 'mayMeasure'> & { asked: boolean }) {
  const { t } = useTranslation()
  if (target.kind === 'line') return null
  const goal = goalsIn(editor).find(({ id }) => id === target.goal)
  const words = t(target.kind === 'measure' ? 'caseLog.compose.measureIn' : 'caseLog.compose.evaluationIn', {
    number: goal?.number ?? '',
  })
  return (
    <div className="compose-target">
      <p>
        <strong>{words}</strong> <span>{goal?.title}</span>
      </p>
      <button
        type="button"
        className="compose-plain"
        aria-label={t('caseLog.compose.toLine')}
        onClick={() => onChange({ kind: 'line' })}
      >
        <XMarkIcon aria-hidden />
      </button>
      {target.kind === 'evaluation' && (
        <fieldset className="compose-steps">
          <legend className="unseen">{t('caseLog.compose.step')}</legend>
          {steps.map((score) => (
            <label key={score} title={t(`gas.${score}`)}>
              <input
                type="radio"
                name="compose-step"
                checked={target.score === score}
                onChange={() => onChange({ ...target, score })}
              />
              <span aria-hidden="true">{stepSign(score)}</span>
              <span className="unseen">
                {t('caseLog.compose.stepWord', { step: stepSign(score), word: t(`gas.${score}`) })}
              </span>
            </label>
          ))}
          <span
            className="compose-step-word"
            data-asked={asked || undefined}
            role={asked ? 'alert' : undefined}
          >
            {target.score === undefined ? t('caseLog.compose.chooseStep') : t(`gas.${target.score}`)}
          </span>
        </fieldset>
      )}
    </div>
  )
}
