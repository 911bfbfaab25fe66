import type { disagreement as nb } from '../nb/disagreement.ts'
import type { Words } from '../nb/index.ts'

export const disagreement: Words<typeof nb> = {
  title: 'We see this differently',
  start: 'We see this differently',
  mine: 'How do you see it?',
  add: 'Add how you see it',
  change: 'Change what you wrote',
  close: 'Close it with a decision',
  cancel: 'Cancel',
  closeTitle: 'What was decided?',
  decision: 'Decision',
  decisionHint: 'Written into the goal. What each of you saw stays.',
  decisionMissing: 'Write what was decided.',
  who: 'Who still sees it differently?',
  closeButton: 'Close the disagreement',
  closed: 'Decided: {{decision}}',
  dissented: 'Sees it differently: {{names}}.',
  closedBy: '{{name}} closed it {{when}}.',
}
