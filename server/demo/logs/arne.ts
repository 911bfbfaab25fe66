import {
  bulletList,
  concern,
  decision,
  evaluation,
  goal,
  heading,
  measure,
  mention,
  paragraph,
} from '../../../shared/blocks/json.ts'
import { CaseId } from '../../../shared/ids.ts'
import { block, type DemoLog, instant, person, service, wrote, wroteIn } from '../demo-log.ts'

const homeCare = service('hjemmetjenesten')
const physiotherapy = service('fysioterapi')
const dayCentre = service('dagsenter')
const doctor = service('fastlege')
const goalId = block('c-maal-1')

/** C: Arne, 79, home after a hip fracture. */
export const arne: DemoLog = {
  id: CaseId.parse('logg-c'),
  subject: { name: 'Arne Lødemel', kind: 'adult', about: '79 år · hjemme etter hoftebrudd' },
  level: 3,
  coordinator: 'nora',
  members: {
    sindre: 'professional',
    eirin: 'professional',
    peder: 'professional',
    anders: 'professional',
    oda: 'reader',
  },
  steps: [
    wrote(
      'nora',
      '2026-10-28T10:15+01:00',
      heading(2, 'Situasjonen nå'),
      concern({ id: block('c-undring'), service: homeCare, status: 'confirmed' }, [
        paragraph('Hjemme etter hoftebrudd. Bor alene, vil klare seg selv.'),
      ]),
      heading(3, 'Risiko'),
      bulletList(['fall: høy', 'ernæring: middels']),
      heading(3, 'Fokus'),
      bulletList(['smerte', 'gange']),
    ),
    wrote(
      'nora',
      '2026-10-28T10:40+01:00',
      heading(2, 'Mål og tiltak'),
      goal(
        {
          id: goalId,
          status: 'active',
          reviewDate: '2026-12-15',
          services: [homeCare, physiotherapy, dayCentre],
          stepMinus1: 'til porten med støtte',
          step0: 'til postkassen med rullator hver dag',
        },
        'Arne går til postkassen med rullator daglig innen 15.12.2026.',
        [
          measure(
            {
              id: block('c-tiltak-1'),
              service: homeCare,
              person: person('nora'),
              status: 'underway',
              start: '2026-10-28',
              frequency: 'hver dag',
            },
            'medisin 08 og 20',
          ),
        ],
      ),
    ),
    wroteIn(
      goalId,
      'eirin',
      '2026-10-30T13:20+01:00',
      measure(
        {
          id: block('c-tiltak-2'),
          service: physiotherapy,
          person: person('eirin'),
          status: 'underway',
          start: '2026-11-02',
          frequency: 'hver mandag',
        },
        'trening mandag',
      ),
    ),
    wroteIn(
      goalId,
      'peder',
      '2026-11-03T15:05+01:00',
      measure(
        {
          id: block('c-tiltak-3'),
          service: dayCentre,
          person: person('peder'),
          status: 'underway',
          start: '2026-11-03',
          frequency: 'oppmøte 5 av 6',
        },
        'tirsdag og torsdag',
      ),
    ),
    wrote(
      'nora',
      '2026-11-09T20:45+01:00',
      heading(2, 'Fra dag til dag'),
      paragraph('Avvik medisin 09.11 kl. 20.00: ikke gitt, han sov. Fastlegen har fått beskjed.'),
    ),
    wrote(
      'anders',
      '2026-11-12T14:30+01:00',
      paragraph('Hjemmebesøk 12.11. Smerten er mindre, plasteret gjør ham trett.'),
      decision(
        {
          id: block('c-beslutning-1'),
          by: person('anders'),
          at: instant('2026-11-12T14:30+01:00'),
        },
        [paragraph('smerteplaster seponeres')],
      ),
    ),
    wroteIn(
      goalId,
      'anders',
      '2026-11-12T14:35+01:00',
      measure(
        {
          id: block('c-tiltak-4'),
          service: doctor,
          person: person('anders'),
          status: 'planned',
          due: '2026-11-19',
          frequency: 'etter 7 dager',
        },
        'følge opp at smerteplasteret er borte',
      ),
    ),
    wrote(
      'eirin',
      '2026-11-13T12:15+01:00',
      paragraph('En ny henvisning til fysioterapi er foreslått. Den forrige er åpen, så vi bruker den.'),
    ),
    wroteIn(
      goalId,
      'nora',
      '2026-11-16T11:00+01:00',
      evaluation(
        {
          id: block('c-evaluering-1'),
          service: homeCare,
          score: -1,
          by: person('nora'),
          at: instant('2026-11-16T11:00+01:00'),
          outcome: 'continue',
        },
        'Til porten med støtte, bedring.',
      ),
    ),
    wrote('peder', '2026-11-19T15:30+01:00', paragraph('Oppmøte 5 av 6. Spiser godt sammen med de andre.')),
    wrote(
      'sindre',
      '2026-11-20T02:40+01:00',
      paragraph([
        { type: 'text', text: 'Oppe to ganger, ustø. Flyttet til dagvakt 08.00. ' },
        mention('person', 'nora', 'Nora Myklevoll'),
      ]),
    ),
    wrote('nora', '2026-11-20T08:05+01:00', paragraph('Sett. Nattlys bestilt.')),
    wrote(
      'nora',
      '2026-11-20T08:30+01:00',
      heading(2, 'Tavlemøte, 10 min'),
      bulletList(['natt', 'avvik medisin', 'fallrisiko', 'legebeslutning', 'oppmøte']),
    ),
  ],
}
