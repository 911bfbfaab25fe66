import type { CaseRole, StaffRole } from './roles.ts'

export type CaseCapability =
  | 'log.read' // open the shared document
  | 'log.history' // see how it came to be: every moment, who wrote what, names of versions
  | 'log.write' // hold a connection that may change the document
  | 'log.addLine' // have the server write a signed line
  | 'goal.rate' // have the server write an evaluation
  | 'members.change' // invite people to the log, change their part in it, or end it
  | 'comments.write' // comment, reply, react, resolve; never changes the text
  | 'question.ask' // ask a service for a line
  | 'agenda.change' // put something on the agenda, call, move and cancel a meeting
  | 'meeting.lead' // begin and lead a meeting, and sign its minutes
  | 'disagreement.view' // say that one sees a goal differently
  | 'handover.propose' // offer the baton to somebody
  | 'handover.receive' // be offered the baton, and take it
  | 'setAside.decide' // see what the log had lost and somebody brought back, and take it in or put it away
export type StaffCapability = 'case.create' | 'overview.read' | 'serviceAccounts.manage'

const family: readonly CaseCapability[] = [
  'log.read',
  'log.history',
  'log.addLine',
  'goal.rate',
  'comments.write',
  'question.ask',
]

const caseTable: Record<CaseRole, readonly CaseCapability[]> = {
  coordinator: [
    'log.read',
    'log.history',
    'log.write',
    'log.addLine',
    'goal.rate',
    'comments.write',
    'question.ask',
    'agenda.change',
    'meeting.lead',
    'disagreement.view',
    'members.change',
    'handover.propose',
    'setAside.decide',
  ],
  professional: [
    'log.read',
    'log.history',
    'log.write',
    'log.addLine',
    'goal.rate',
    'comments.write',
    'question.ask',
    'agenda.change',
    'meeting.lead',
    'disagreement.view',
    'handover.receive',
  ],
  reader: ['log.read', 'log.history'],
  guardian: [...family],
  youngPerson: [...family],
}

const staffTable: Record<StaffRole, readonly StaffCapability[]> = {
  staff: ['case.create', 'overview.read'],
  manager: ['overview.read', 'serviceAccounts.manage'],
  family: ['overview.read'],
  program: [],
}

const table: Record<CaseRole | StaffRole, readonly (CaseCapability | StaffCapability)[]> = {
  ...caseTable,
  ...staffTable,
}

/** Whether a role in a log, or in the municipality, carries a capability. The only place that compares roles. */
export function can(role: CaseRole, capability: CaseCapability): boolean
export function can(role: StaffRole, capability: StaffCapability): boolean
export function can(role: CaseRole | StaffRole, capability: CaseCapability | StaffCapability): boolean {
  return table[role].includes(capability)
}

/** The parts that somebody may be given in a log. A coordinator is made by handing over the baton, never by this. */
export const rolesOpenTo: Record<StaffRole, readonly Exclude<CaseRole, 'coordinator'>[]> = {
  staff: ['professional', 'reader'],
  manager: ['reader'],
  family: ['guardian', 'youngPerson'],
  program: ['professional', 'reader'],
}

/** The role that somebody gets when invited to a log: family takes part as guardians, managers look on. */
export const roleWhenInvited: Record<StaffRole, CaseRole> = {
  staff: 'professional',
  manager: 'reader',
  family: 'guardian',
  program: 'professional',
}
