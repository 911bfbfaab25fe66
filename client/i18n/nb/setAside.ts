/** Words for what a log had lost and somebody's browser brought back. */
export const setAside = {
  notice_one: 'En del av loggen var borte, og er lagt til side. Den venter på deg.',
  notice_other: '{{count}} deler av loggen var borte, og er lagt til side. De venter på deg.',
  look: 'Se hva det er',
  title: 'Lagt til side',
  intro:
    'Serveren er hentet fram fra en eldre kopi. Dette lå igjen i nettleseren til noen som var inne, og vi vet ikke sikkert at det er slik det sto.',
  brought: 'Hentet fra nettleseren til {{name}}, {{when}}',
  by: 'Skrevet av {{name}}',
  byNobody: 'Usikkert hvem som skrev det',
  takeIn: 'Ta inn igjen (som {{name}})',
  takeInUnsure: 'Ta inn igjen (usikkert hvem)',
  drop: 'Kast',
  tookIn: 'Teksten er tatt inn igjen.',
  dropped: 'Teksten er kastet.',
  failed: 'Det gikk ikke.',
  empty: 'Ingenting venter lenger.',
  unsure: 'usikkert hvem',
  afresh:
    'Serveren er hentet fram fra en eldre kopi, og loggen er åpnet på nytt. Det du hadde skrevet, er med. Det andre hadde skrevet, er lagt til side.',
  seen: 'Sett',
}
