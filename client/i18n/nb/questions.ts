/** Words of asking a service for a line. */
export const questions = {
  ask: 'Spør',
  askService: 'Spør {{service}}',
  title: 'Spør {{service}} om {{name}}',
  silent_one: 'Ingen ny linje på {{count}} dag.',
  silent_other: 'Ingen ny linje på {{count}} dager.',
  never: '{{service}} har ikke skrevet ennå.',
  line: 'Hva lurer du på?',
  optional: 'Valgfritt. Uten ord spør vi hvordan det går.',
  calm: 'De spørres høyst én gang om dagen, uansett hvem som spør.',
  askedToday: 'Spurt i dag',
  asked: 'Spørsmålet er sendt til {{service}}.',
  nobodyThere: 'Ingen fra {{service}} er med i loggen nå.',
  tooSoon: '{{service}} er allerede spurt i dag.',
  notAsked: 'Spørsmålet er ikke sendt ennå. Teksten er trygg her.',
  quiet_one: 'ingen ny linje på {{count}} dag',
  quiet_other: 'ingen ny linje på {{count}} dager',
}
