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

const school = service('fjordvik-skole')
const schoolHealth = service('skolehelsetjenesten')
const ppt = service('ppt')
const home = service('hjem')
const goalId = block('a-maal-1')

/** A: Jonas, 10, absence from school. */
export const jonas: DemoLog = {
  id: CaseId.parse('logg-a'),
  subject: { name: 'Jonas Bergset', kind: 'child', about: '10 år · 5. trinn, Fjordvik skole' },
  level: 2,
  coordinator: 'maren',
  members: {
    tore: 'professional',
    jostein: 'professional',
    amina: 'professional',
    silje: 'professional',
    henrik: 'professional',
    haakon: 'professional',
    ragnhild: 'professional',
    camilla: 'guardian',
  },
  steps: [
    wrote(
      'maren',
      '2026-10-19T14:20+02:00',
      heading(2, 'Situasjonen nå'),
      concern({ id: block('a-undring'), service: school, status: 'confirmed' }, [
        paragraph('18 % fravær siden høstferien. Magevondt om morgenen, alene i friminutt.'),
      ]),
    ),
    wrote(
      'camilla',
      '2026-10-20T20:45+02:00',
      paragraph('Hjemme sover han dårlig søndag kveld. Mandag og torsdag er tyngst, da har de gym.'),
    ),
    wrote(
      'silje',
      '2026-10-22T12:10+02:00',
      heading(3, 'Jonas’ ord'),
      paragraph('«Jeg gruer meg mest til garderoben.»'),
    ),
    wrote(
      'maren',
      '2026-10-23T09:05+02:00',
      heading(3, 'Samtykke'),
      paragraph(
        'Mor samtykker til at skolen, skolehelsetjenesten og PPT deler det de ser, til 30.06.2027. Fastlegen er ikke med.',
      ),
    ),
    wrote(
      'maren',
      '2026-10-26T15:30+01:00',
      heading(2, 'Mål og tiltak'),
      goal(
        {
          id: goalId,
          status: 'active',
          reviewDate: '2026-12-18',
          services: [school, schoolHealth, ppt],
          stepMinus2: '2 dager eller færre',
          stepMinus1: '3 dager',
          step0: '4 dager',
          stepPlus1: '5 dager',
          stepPlus2: '5 dager og leker i friminutt',
        },
        'Jonas er på skolen fire dager i uka innen 18.12.2026.',
        [
          measure(
            {
              id: block('a-tiltak-1'),
              service: school,
              person: person('amina'),
              status: 'underway',
              start: '2026-10-27',
              frequency: 'hver morgen',
            },
            'voksen møter ved porten 08.15',
          ),
        ],
      ),
    ),
    wroteIn(
      goalId,
      'silje',
      '2026-10-27T10:00+01:00',
      measure(
        {
          id: block('a-tiltak-2'),
          service: schoolHealth,
          person: person('silje'),
          status: 'underway',
          start: '2026-10-29',
          frequency: 'hver uke',
        },
        'ukentlig samtale',
      ),
    ),
    wroteIn(
      goalId,
      'haakon',
      '2026-10-29T13:40+01:00',
      measure(
        {
          id: block('a-tiltak-3'),
          service: ppt,
          person: person('haakon'),
          status: 'planned',
          due: '2026-11-24',
        },
        'to observasjoner',
      ),
    ),
    wroteIn(
      goalId,
      'maren',
      '2026-11-02T14:15+01:00',
      measure(
        {
          id: block('a-tiltak-4'),
          service: home,
          person: 'home',
          status: 'underway',
          start: '2026-11-02',
          frequency: 'alle kvelder før skoledag',
        },
        'fast kveldsrutine',
      ),
    ),
    wrote(
      'amina',
      '2026-11-09T08:40+01:00',
      heading(2, 'Fra uke til uke'),
      paragraph('Kom fire dager på rad. Vi går sammen fra porten til klasserommet, uten mange ord.'),
    ),
    wrote(
      'jostein',
      '2026-11-12T11:55+01:00',
      paragraph('Han sto klar utenfor gymsalen i dag, men snudde da garderoben ble full.'),
    ),
    wrote('camilla', '2026-11-15T21:10+01:00', paragraph('Kveldsrutinen holder. Han sovnet før ni i går.')),
    wrote('silje', '2026-11-18T13:25+01:00', paragraph('Jeg tror det er uro, ikke skolevegring.')),
    wrote(
      'maren',
      '2026-11-18T14:50+01:00',
      paragraph([
        mention('person', 'silje', 'Silje Nordhagen'),
        { type: 'text', text: ' Uenig, vi ser det bare før gym. Tas i møtet.' },
      ]),
    ),
    wroteIn(
      goalId,
      'silje',
      '2026-11-19T12:30+01:00',
      evaluation(
        {
          id: block('a-evaluering-1'),
          service: schoolHealth,
          score: -2,
          by: person('silje'),
          at: instant('2026-11-19T12:30+01:00'),
          outcome: 'continue',
        },
        'To dager denne uka, magevondt begge morgener. Roligere i samtalene.',
      ),
    ),
    wroteIn(
      goalId,
      'maren',
      '2026-11-20T09:20+01:00',
      evaluation(
        {
          id: block('a-evaluering-2'),
          service: school,
          score: -1,
          by: person('maren'),
          at: instant('2026-11-20T09:20+01:00'),
          outcome: 'change',
        },
        'Tre dager i snitt. Porten hjelper. Endres: egen inngang.',
      ),
    ),
    wrote(
      'maren',
      '2026-11-20T09:35+01:00',
      heading(2, 'Samarbeidsmøte 20.11, 30 min'),
      bulletList(['Jonas’ ord (5)', 'Mål (10)', 'Uenighet: gym (10)', 'Hvem gjør hva, neste dato (5)']),
      decision(
        {
          id: block('a-beslutning-1'),
          by: person('maren'),
          at: instant('2026-11-20T09:35+01:00'),
        },
        [paragraph('Egen inngang til garderoben.')],
      ),
    ),
  ],
}
