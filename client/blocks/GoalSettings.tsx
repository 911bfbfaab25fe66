import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { type GoalFields, stepFields } from '../../shared/blocks/goal.ts'
import type { ServiceId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Tile } from '../ui/Tile.tsx'
import { stepSign, steps } from './goal-model.ts'

type Props = {
  fields: GoalFields
  number: number
  services: readonly Service[]
  onChange: (changed: Partial<GoalFields>) => void
  onClose: () => void
}

/** Review date, owners and the words on the steps. Each field is written when it is left, one by one [BL2]. */
export function GoalSettings({ fields, number, services, onChange, onClose }: Props) {
  const { t } = useTranslation()
  const [owners, setOwners] = useState<readonly ServiceId[]>(fields.services)
  const toggle = (service: ServiceId) => {
    const chosen = owners.includes(service) ? owners.filter((id) => id !== service) : [...owners, service]
    setOwners(chosen)
    onChange({ services: [...chosen] })
  }

  return createPortal(
    <Dialog title={t('blocks.settings', { number })} open onClose={onClose}>
      <div className="block-settings">
        <Field
          label={t('blocks.reviewDate')}
          type="date"
          defaultValue={fields.reviewDate ?? ''}
          onChange={({ target }) => target.validity.valid && onChange({ reviewDate: target.value || null })}
        />
        <fieldset className="field">
          <legend>{t('blocks.owners')}</legend>
          <div className="block-owners">
            {services.map((service) => (
              <label key={service.id}>
                <input
                  type="checkbox"
                  checked={owners.includes(service.id)}
                  onChange={() => toggle(service.id)}
                />
                <Tile service={service.id} size={22} />
                {service.shortName}
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset className="field block-steps">
          <legend>{t('blocks.steps')}</legend>
          <span className="field-hint">{t('blocks.stepsHint')}</span>
          {steps.map((step) => (
            <StepWord key={step} step={step} fields={fields} onChange={onChange} />
          ))}
        </fieldset>
        <Button onClick={onClose}>{t('blocks.done')}</Button>
      </div>
    </Dialog>,
    document.body,
  )
}

function StepWord({
  step,
  fields,
  onChange,
}: { step: (typeof steps)[number] } & Pick<Props, 'fields' | 'onChange'>) {
  const { t } = useTranslation()
  const name = stepFields[step + 2]
  if (!name) return null
  return (
    <label>
      <span aria-hidden="true">{stepSign(step)}</span>
      <input
        className="ds-input"
        aria-label={t('blocks.stepWord', { step: stepSign(step) })}
        placeholder={t(`gas.${step}`)}
        maxLength={300}
        defaultValue={fields[name]}
        onBlur={({ target }) => onChange({ [name]: target.value.trim() })}
      />
    </label>
  )
}
