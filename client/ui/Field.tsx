import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { type ComponentProps, type ReactNode, useId } from 'react'

type Around = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong, in words; the field is marked and described by it. */
  error?: string | undefined
}

/** A labelled input with a hint and an error that screen readers tie to it. */
export function Field({ label, hint, error, ...rest }: Around & ComponentProps<'input'>) {
  const { id, ties } = useTies(rest.id, hint, error)
  return (
    <Labelled {...{ id, label, hint, error }}>
      <input className="ds-input" {...rest} {...ties} />
    </Labelled>
  )
}

/** The same around a textarea. */
export function TextField({ label, hint, error, ...rest }: Around & ComponentProps<'textarea'>) {
  const { id, ties } = useTies(rest.id, hint, error)
  return (
    <Labelled {...{ id, label, hint, error }}>
      <textarea className="ds-input" {...rest} {...ties} />
    </Labelled>
  )
}

function useTies(given: string | undefined, hint: ReactNode, error: string | undefined) {
  const own = useId()
  const id = given ?? own
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    id,
    ties: { id, 'aria-describedby': about || undefined, 'aria-invalid': error ? true : undefined },
  }
}

function Labelled({ id, label, hint, error, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** What is wrong with a field, with a sign that does not depend on colour. */
export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <span className="field-error" id={id}>
    <ExclamationmarkTriangleIcon aria-hidden />
    {children}
  </span>
)
