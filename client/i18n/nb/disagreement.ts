/** Words of goals that professionals see differently. */
export const disagreement = {
  title: 'Vi ser dette ulikt',
  start: 'Vi ser dette ulikt',
  mine: 'Hvordan ser du det?',
  add: 'Legg til hvordan du ser det',
  change: 'Endre det du skrev',
  close: 'Avslutt med en beslutning',
  cancel: 'Avbryt',
  closeTitle: 'Hva ble bestemt?',
  decision: 'Beslutning',
  decisionHint: 'Skrives inn i målet. Det hver av dere så, blir stående.',
  decisionMissing: 'Skriv hva som ble bestemt.',
  who: 'Hvem ser det fortsatt annerledes?',
  closeButton: 'Avslutt uenigheten',
  closed: 'Bestemt: {{decision}}',
  dissented: 'Ser det annerledes: {{names}}.',
  closedBy: '{{name}} avsluttet {{when}}.',
}
