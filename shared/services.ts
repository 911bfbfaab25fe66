import { z } from 'zod'
import { ServiceId } from './ids.ts'
import { route } from './route.ts'

/** Kinds of service (DOMAIN.md). `family` is guardians and home: a service tile of its own, never a professional. */
export const ServiceKind = z.enum([
  'school',
  'kindergarten',
  'healthCentre',
  'schoolHealth',
  'educationalPsychology',
  'childWelfare',
  'homeCare',
  'generalPractitioner',
  'physiotherapy',
  'dayCentre',
  'family',
])
export type ServiceKind = z.infer<typeof ServiceKind>

const Hex = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #565193')

/** Solid carries white text; `text` stands on `tint`. Both pairs reach 4.5:1 (checked at load). */
export const ServiceColour = z.object({ solid: Hex, tint: Hex, text: Hex })
export type ServiceColour = z.infer<typeof ServiceColour>

export const Service = z.object({
  id: ServiceId,
  kind: ServiceKind,
  /** Full name, such as «Fjordvik skole». */
  name: z.string().min(1).max(80),
  /** Name in a narrow column, such as «Skole». */
  shortName: z.string().min(1).max(16),
  /** Two capital letters on the tile. */
  tile: z.string().regex(/^\p{Lu}{2}$/u),
  colour: ServiceColour,
})
export type Service = z.infer<typeof Service>

/** The municipality's own hand-editable file, municipality.json. */
export const Municipality = z.object({
  name: z.string().min(1).max(80),
  services: z.array(Service).min(1).max(60),
  settings: z.object({
    /** Days without a line before a service's age stands out. */
    silentAfterDays: z.number().int().min(1).max(365),
  }),
})
export type Municipality = z.infer<typeof Municipality>

export const serviceRoutes = {
  municipality: route({
    method: 'GET',
    path: '/api/municipality',
    summary: 'Name, services and settings of the municipality',
    params: z.object({}),
    query: z.object({}),
    body: z.undefined(),
    response: Municipality,
    access: 'public',
    tag: 'municipality',
  }),
}
