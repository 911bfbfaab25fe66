import type { Node } from '@tiptap/pm/model'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attainment } from '../../shared/cases.ts'
import { announce } from '../ui/announce.ts'
import { FieldError } from '../ui/Field.tsx'
import { serviceOf, useBlocks } from './context.ts'
import type { GoalViewProps } from './GoalHead.tsx'
import { GoalScale } from './GoalScale.tsx'
import { overtaken, standings, stepSign } from './goal-model.ts'
import { Rated } from './Rated.tsx'
import { RateLine } from './RateLine.tsx'
import { rate, type Undo } from './rating.ts'

type Props = GoalViewProps & { goal: Node; showsAll: boolean; onShowAll: () => void }

/** «Hvor er vi nå?»: the five steps, where each service stands, and one line from whoever looks at it now. */
export function GoalNow({ editor, fields, number, goal, showsAll, onShowAll }: Props) {
  const { t } = useTranslation()
  const blocks = useBlocks(editor)
  const heading = useId()
  const [rated, setRated] = useState<{ step: Attainment; undo: Undo | undefined }>()
  const [chosen, setChosen] = useState<Attainment>()
  const [failed, setFailed] = useState<string>()
  const here = standings(goal)
  const older = overtaken(goal).length
  const mine = here.find(({ service }) => service === blocks.me.service)?.score
  const mayRate = blocks.canWrite || blocks.canRate

  const share = async (step: Attainment, line: string): Promise<void> => {
    const { id } = fields
    if (id === null) return
    if (blocks.canWrite) {
      setRated({ step, undo: rate(editor, id, blocks.me, step, line) })
    } else {
      setRated({ step, undo: await blocks.rateThroughServer?.(id, step, line) })
    }
    announce(line === '' ? t('blocks.rated', { step: stepSign(step) }) : t('blocks.shared'))
  }
  const tap = (step: Attainment) => {
    setFailed(undefined)
    // A line that follows belongs to this step, also before the server's answer is here.
    setChosen(step)
    share(step, '').catch(() => setFailed(t('blocks.notRated')))
  }
  const shareLine = async (step: Attainment, line: string) => {
    await share(step, line)
    setChosen(undefined)
  }
  const takeBack = async (undo: Undo) => {
    setFailed(undefined)
    try {
      await undo()
    } catch {
      return setFailed(t('blocks.notTakenBack'))
    }
    setChosen(undefined)
    setRated(undefined)
    announce(t('blocks.undone'))
  }

  return (
    <>
      <section className="goal-now" contentEditable={false} data-controls="" aria-labelledby={heading}>
        <h4 id={heading}>
          {t('blocks.whereNow')}
          <span className="unseen"> {t('blocks.goalNumber', { number })}</span>
        </h4>
        <GoalScale
          fields={fields}
          here={here}
          mine={mine}
          service={serviceOf(blocks, blocks.me.service)}
          onRate={mayRate ? tap : undefined}
        />
        {older > 0 && (
          <button
            type="button"
            className="block-control goal-older"
            aria-expanded={showsAll}
            onClick={onShowAll}
          >
            {showsAll ? t('blocks.fewerEvaluations') : t('blocks.moreEvaluations', { count: older })}
          </button>
        )}
      </section>
      {mayRate && (
        <div className="goal-line" contentEditable={false} data-controls="">
          {rated && (
            <Rated
              key={rated.step}
              {...rated}
              onUndo={(undo) => void takeBack(undo)}
              onEnd={() => setRated(undefined)}
            />
          )}
          <span role="alert">{failed && <FieldError>{failed}</FieldError>}</span>
          <RateLine
            goal={fields.id}
            drafts={editor.storage.blocks.drafts}
            step={chosen ?? mine}
            onShare={shareLine}
          />
        </div>
      )}
    </>
  )
}
