import { createContext } from 'react'
import type { CaseDetail } from '../../shared/cases.ts'

/** The log whose goals say where they are seen differently; none where the goals are not shown. */
export const DisagreementsContext = createContext<CaseDetail | undefined>(undefined)
