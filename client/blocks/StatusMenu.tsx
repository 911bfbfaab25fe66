import { Menu, MenuChoice } from '../ui/Menu.tsx'
import type { Shape } from './StatusShape.tsx'
import { StatusShape } from './StatusShape.tsx'

/** One click shows every status, the next one chooses. Without the right to write it only tells. */
export function StatusMenu<T extends string>(props: {
  status: T
  shapes: Record<T, Shape>
  words: Record<T, string>
  label: string
  order: readonly T[]
  canChange: boolean
  onChange: (status: T) => void
}) {
  const shown = (
    <>
      <StatusShape shape={props.shapes[props.status]} />
      <span>{props.words[props.status]}</span>
    </>
  )
  if (!props.canChange) return <span className="status">{shown}</span>
  return (
    <Menu label={props.label} button={shown} className="status block-control">
      {props.order.map((status) => (
        <MenuChoice key={status} checked={status === props.status} onSelect={() => props.onChange(status)}>
          <span className="status">
            <StatusShape shape={props.shapes[status]} />
            {props.words[status]}
          </span>
        </MenuChoice>
      ))}
    </Menu>
  )
}
