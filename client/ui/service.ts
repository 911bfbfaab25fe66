import type { CSSProperties } from 'react'
import type { Service } from '../../shared/services.ts'

const unknown: CSSProperties = { '--solid': '#62676d', '--tint': '#ebebe6', '--text': '#1b1d1f' }

/** Attributes that give an element a service's colours: `--service-solid`, `-tint`, `-text` and `-line`. */
export const inServiceColours = (
  service: Service | undefined,
  more?: CSSProperties,
): { 'data-service': string; style: CSSProperties } => ({
  'data-service': service?.id ?? '',
  style: {
    ...(service
      ? { '--solid': service.colour.solid, '--tint': service.colour.tint, '--text': service.colour.text }
      : unknown),
    ...more,
  },
})
