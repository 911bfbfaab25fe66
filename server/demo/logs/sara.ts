import {
  bulletList,
  concern,
  evaluation,
  goal,
  heading,
  measure,
  paragraph,
} from '../../../shared/blocks/json.ts'
import { CaseId } from '../../../shared/ids.ts'
import { block, type DemoLog, instant, person, service, wrote, wroteIn } from '../demo-log.ts'

const kindergarten = service('tyttebaer-barnehage')
const healthCentre = service('fjordvik-helsestasjon')
const ppt = service('ppt')
const home = service('hjem')
const goalId = block('b-maal-1')

/** B: Sara, 4, language delay. */
export const sara: DemoLog = {
  id: CaseId.parse('logg-b'),
  subject: { name: 'Sara Zielony', kind: 'child', about: '4 år · Tyttebær barnehage' },
  level: 2,
  coordinator: 'ida',
  members: { gro: 'professional', haakon: 'professional', marek: 'guardian' },
  steps: [
    wrote(
      'ida',
      '2026-09-14T13:00+02:00',
      heading(2, 'Situasjonen nå'),
      concern({ id: block('b-undring'), service: kindergarten, status: 'confirmed' }, [
        paragraph('Toordssetninger på norsk og polsk, trekker seg fra rollelek.'),
      ]),
    ),
    wrote(
      'ida',
      '2026-09-21T15:10+02:00',
      heading(3, 'Samtykke'),
      paragraph(
        'Begge foreldrene har samtykket, med tolk: barnehagen, helsestasjonen og PPT kan dele det de ser.',
      ),
      paragraph('Fra nivå 1 til nivå 2: barnehagen trenger flere med seg.'),
    ),
    wrote(
      'ida',
      '2026-09-28T12:40+02:00',
      heading(2, 'Mål og tiltak'),
      goal(
        {
          id: goalId,
          status: 'active',
          reviewDate: '2027-03-01',
          services: [kindergarten, healthCentre, ppt],
          step0: 'tre ganger om dagen',
        },
        'Sara tar initiativ i lek med minst tre ord, tre ganger om dagen, innen 01.03.2027.',
        [
          measure(
            {
              id: block('b-tiltak-1'),
              service: kindergarten,
              person: person('ida'),
              status: 'underway',
              start: '2026-09-29',
              frequency: 'tirsdag–torsdag',
            },
            'språkgruppe tirsdag–torsdag',
          ),
          measure(
            {
              id: block('b-tiltak-4'),
              service: home,
              person: 'home',
              status: 'underway',
              start: '2026-09-28',
            },
            'høytlesning på polsk',
          ),
        ],
      ),
    ),
    wroteIn(
      goalId,
      'haakon',
      '2026-10-12T10:30+02:00',
      measure(
        {
          id: block('b-tiltak-3'),
          service: ppt,
          person: person('haakon'),
          status: 'planned',
          due: '2026-12-03',
        },
        'veiledning av personalet',
      ),
    ),
    wroteIn(
      goalId,
      'gro',
      '2026-11-03T11:20+01:00',
      measure(
        {
          id: block('b-tiltak-2'),
          service: healthCentre,
          person: person('gro'),
          status: 'done',
          due: '2026-11-03',
        },
        'hørselstest 03.11: væske i øret, henvist fastlege',
      ),
    ),
    wrote(
      'gro',
      '2026-11-03T11:35+01:00',
      heading(2, 'Fra uke til uke'),
      paragraph('Hørselen er nedsatt på høyre øre. Sett dere på hennes venstre side når dere leser.'),
    ),
    wroteIn(
      goalId,
      'ida',
      '2026-11-13T14:00+01:00',
      evaluation(
        {
          id: block('b-evaluering-1'),
          service: kindergarten,
          score: -1,
          by: person('ida'),
          at: instant('2026-11-13T14:00+01:00'),
          outcome: 'continue',
        },
        'To initiativ daglig, bedring. Videreføres.',
      ),
    ),
    wrote('marek', '2026-11-17T19:30+01:00', paragraph('Hun synger nå hjemme.')),
    wroteIn(
      goalId,
      'marek',
      '2026-11-17T19:35+01:00',
      evaluation({
        id: block('b-evaluering-2'),
        service: home,
        score: 0,
        by: person('marek'),
        at: instant('2026-11-17T19:35+01:00'),
      }),
    ),
    wrote('ida', '2026-11-18T07:50+01:00', paragraph('Lysglimt!')),
    wrote(
      'ida',
      '2026-11-18T08:05+01:00',
      heading(2, 'Til neste møte'),
      bulletList(['hørsel', 'språkgruppe', 'overlevering til skole: den nye stafettholderen må si ja']),
    ),
  ],
}
