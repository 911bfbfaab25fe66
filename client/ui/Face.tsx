import type { ServiceId } from '../../shared/ids.ts'
import { useServiceOf } from '../api/queries.ts'
import { initials } from './names.ts'
import { inServiceColours } from './service.ts'

/** A person: a circle ringed in the service's colour, with initials. The name stands beside it in text. */
export function Face({ name, service, size = 30 }: { name: string; service: ServiceId; size?: number }) {
  const known = useServiceOf(service)
  return (
    <span
      className="face"
      aria-hidden="true"
      title={name}
      {...inServiceColours(known, { '--face': `${size}px` })}
    >
      {initials(name)}
    </span>
  )
}
