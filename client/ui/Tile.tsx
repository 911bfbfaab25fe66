import type { ServiceId } from '../../shared/ids.ts'
import { useServiceOf } from '../api/queries.ts'
import { inServiceColours } from './service.ts'

/** A service: a square with two letters. `named` also says the name, for where no text beside it does. */
export function Tile({
  service,
  size = 26,
  named = false,
}: {
  service: ServiceId
  size?: number
  named?: boolean
}) {
  const known = useServiceOf(service)
  return (
    <>
      <span
        className="tile"
        aria-hidden="true"
        title={known?.name}
        {...inServiceColours(known, { '--tile': `${size}px` })}
      >
        {known?.tile ?? '··'}
      </span>
      {named && <span className="unseen">{known?.name}</span>}
    </>
  )
}
