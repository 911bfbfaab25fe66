import { expect, test } from 'vitest'
import { CaseRole, can, StaffRole } from '../../shared/roles.ts'

// Written out again on purpose: a change of rights is a decision, and fails here until somebody takes it.
const inLog = {
  coordinator: [
    'log.read',
    'log.history',
    'log.write',
    'log.addLine',
    'goal.rate',
    'members.change',
    'setAside.decide',
  ],
  professional: ['log.read', 'log.history', 'log.write', 'log.addLine', 'goal.rate'],
  reader: ['log.read', 'log.history'],
  guardian: ['log.read', 'log.history', 'log.addLine', 'goal.rate'],
  youngPerson: ['log.read', 'log.history', 'log.addLine', 'goal.rate'],
}
const inMunicipality = {
  staff: ['case.create', 'overview.read'],
  manager: ['overview.read', 'serviceAccounts.manage'],
  family: ['overview.read'],
  program: [],
}

const caseCapabilities = [
  'log.read',
  'log.history',
  'log.write',
  'log.addLine',
  'goal.rate',
  'members.change',
  'setAside.decide',
] as const
const staffCapabilities = ['case.create', 'overview.read', 'serviceAccounts.manage'] as const

test.each(CaseRole.options)('what a %s may do in a log', (role) => {
  expect(caseCapabilities.filter((capability) => can(role, capability))).toEqual(inLog[role])
})

test.each(StaffRole.options)('what %s may do in the municipality', (role) => {
  expect(staffCapabilities.filter((capability) => can(role, capability))).toEqual(inMunicipality[role])
})

test('guardians and the young person never hold a connection that may change what others wrote', () => {
  expect(can('guardian', 'log.write')).toBe(false)
  expect(can('youngPerson', 'log.write')).toBe(false)
})
