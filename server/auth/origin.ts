import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'

/**
 * Whether a request that changes something, or opens a socket, comes from our own pages. A browser always says
 * where from; a program that is no browser carries nobody's cookie by accident, so its silence is accepted.
 */
export function originAllowed(req: IncomingMessage, config: Pick<Config, 'publicUrl'>): boolean {
  const origin = req.headers.origin
  if (origin === undefined) {
    const site = req.headers['sec-fetch-site']
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (config.publicUrl !== '' && origin === config.publicUrl) return true
  const url = URL.parse(origin)
  return url !== null && url.origin === origin && url.host === req.headers.host
}
