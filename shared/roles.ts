import { z } from 'zod'

/** What a person is in one log. Deny by default: who has no role in a log does not learn that it exists. */
export const CaseRole = z.enum(['coordinator', 'professional', 'reader', 'guardian', 'youngPerson'])
export type CaseRole = z.infer<typeof CaseRole>

/** The roles that a coordinator can give. */
export const GivenRole = CaseRole.exclude(['coordinator'])
export type GivenRole = z.infer<typeof GivenRole>

/** What a person is in the municipality, whatever the log. */
export const StaffRole = z.enum(['staff', 'manager', 'family', 'program'])
export type StaffRole = z.infer<typeof StaffRole>

// Without zod, so that the overview can ask without loading it.
export {
  type CaseCapability,
  can,
  rolesOpenTo,
  roleWhenInvited,
  type StaffCapability,
} from './capabilities.ts'
