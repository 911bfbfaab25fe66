import { useId } from 'react'

/** One choice of a few, seen at once: radio buttons that look like one control. */
export function Segments<T extends string>(props: {
  legend: string
  legendSeen?: boolean
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset className="field">
      <legend className={props.legendSeen ? 'legend' : 'unseen'}>{props.legend}</legend>
      <div className="segments">
        {props.options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
