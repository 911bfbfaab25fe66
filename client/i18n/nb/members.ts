/** Words of who takes part: inviting, another part, taking somebody out. */
export const members = {
  invite: 'Be inn',
  title: 'Be inn til loggen',
  hint: 'De ser hele loggen med en gang. Tjenestene kan skrive, foresatte skriver egne linjer.',
  more: 'Endre for {{name}}',
  part: '{{name}} i loggen',
  remove: 'Ta ut av loggen',
  removeTitle: 'Ta {{name}} ut av loggen?',
  removeText: '{{name}} mister tilgangen med en gang. Det {{name}} har skrevet, blir stående.',
  keep: 'Behold',
  invited: 'Inviterte er med i loggen.',
  changed: '{{name}} har fått en annen del i loggen.',
  removed: '{{name}} er ikke lenger med i loggen.',
  failed: 'Det ble ikke endret.',
  role: {
    professional: 'Kan lese og skrive',
    reader: 'Kan lese',
    guardian: 'Foresatt: leser, skriver egne linjer',
    youngPerson: 'Hovedperson: leser, skriver egne linjer',
  },
}
