import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'

/** One body that each contract accepts; its mistakes are made from the contract itself. */
export const goodBodies: Record<string, Record<string, unknown>> = {
  '/api/demo/sign-in': { person: 'maren' },
  '/api/cases': {
    subject: { name: 'Ny', kind: 'child', about: '' },
    concern: 'Noe',
    service: 'fjordvik-skole',
    members: ['silje'],
    request: 'once',
  },
  '/api/cases/:id/lines': { id: 'line', text: 'Hei', goal: { block: 'a-maal-1', score: 1 } },
  '/api/cases/:id/history/who': { ranges: [{ client: 1, clock: 0, length: 1 }] },
  '/api/cases/:id/history/restore': { id: 'restore', seq: 1, undo: false, block: 'a-maal-1' },
  '/api/cases/:id/history/versions': { id: 'version', seq: 1, name: 'Før møtet' },
  '/api/cases/:id/history/versions/:version': { name: 'Etter møtet' },
  '/api/cases/:id/members/:person': { role: 'reader' },
  '/api/cases/:id/set-aside/:item': { decision: 'drop' },
  '/api/cases/:id/questions': { id: 'question', service: 'ppt', text: 'Noe nytt?' },
  '/api/cases/:id/questions/:question/answer': { line: 'answer', text: 'Ja' },
  '/api/cases/:id/handover': { id: 'handover', to: 'silje', message: 'Tar du den?' },
  '/api/cases/:id/handover/:handover': { status: 'accepted' },
  '/api/cases/:id/measures/:measure/status': { status: 'done' },
  '/api/waiting/:key/later': { until: 'tomorrow' },
  '/api/service-accounts': { name: 'Skoleruta', service: 'fjordvik-skole' },
  '/api/cases/:id/read': { seq: 1, keys: ['a-maal-1'] },
  '/api/collab/ticket': { document: 'case/logg-a/shared', clientId: 5, blocksVersion: BLOCKS_VERSION },
}
