import type { RequestHandler } from 'express'
import { AppError } from '../../shared/errors.ts'
import { originAllowed } from '../auth/origin.ts'
import type { Config } from '../config.ts'

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // ProseMirror and the caret extension set style attributes; scripts stay strict.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers on every answer. */
export const securityHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('Content-Security-Policy', policy)
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('X-Frame-Options', 'DENY')
  res.setHeader('Referrer-Policy', 'no-referrer')
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
  next()
}

/** Nothing of `/api` stays in a browser's or proxy's cache. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store')
  next()
}

/** Refuses state-changing requests that another site's page has made. */
export const checkOrigin =
  (config: Pick<Config, 'publicUrl'>): RequestHandler =>
  (req, _res, next) => {
    const harmless = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS'
    if (!harmless && !originAllowed(req, config)) throw new AppError('originRefused')
    next()
  }

/** At most `burst` at once and `perSecond` over time for each key; one more throws `tooMany`. */
export function createRateLimit(
  burst: number,
  perSecond: number,
  clock: () => number,
): (key: string) => void {
  const buckets = new Map<string, { left: number; at: number }>()
  return (key) => {
    const now = clock()
    const bucket = buckets.get(key) ?? { left: burst, at: now }
    const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
    if (left < 1) throw new AppError('tooMany')
    if (buckets.size > 10_000) buckets.clear()
    buckets.set(key, { left: left - 1, at: now })
  }
}
