import { Municipality } from '../../shared/services.ts'

/** Colours by one rule: OKLCH lightness .47 and chroma .105 (as far as sRGB goes), hues apart; none louder than another. */
const colour = (solid: string, tint: string, text: string) => ({ solid, tint, text })

const health = colour('#8a4523', '#ffeee7', '#6e351a')

/** Fjordvik kommune: fictional, the default municipality.json of demo mode. */
export const fjordvik = Municipality.parse({
  name: 'Fjordvik kommune',
  services: [
    {
      id: 'fjordvik-skole',
      kind: 'school',
      name: 'Fjordvik skole',
      shortName: 'Skole',
      tile: 'SK',
      colour: colour('#565193', '#f0f1ff', '#433f76'),
    },
    {
      id: 'tyttebaer-barnehage',
      kind: 'kindergarten',
      name: 'Tyttebær barnehage',
      shortName: 'Barnehage',
      tile: 'BH',
      colour: colour('#0e6c43', '#e7f7ed', '#085634'),
    },
    {
      id: 'fjordvik-helsestasjon',
      kind: 'healthCentre',
      name: 'Fjordvik helsestasjon',
      shortName: 'Helsestasjon',
      tile: 'HS',
      colour: health,
    },
    {
      id: 'skolehelsetjenesten',
      kind: 'schoolHealth',
      name: 'Skolehelsetjenesten',
      shortName: 'Skolehelse',
      tile: 'SH',
      colour: health,
    },
    {
      id: 'ppt',
      kind: 'educationalPsychology',
      name: 'Pedagogisk-psykologisk tjeneste',
      shortName: 'PPT',
      tile: 'PP',
      colour: colour('#006687', '#e4f6fe', '#00516c'),
    },
    {
      id: 'barnevern',
      kind: 'childWelfare',
      name: 'Barneverntjenesten',
      shortName: 'Barnevern',
      tile: 'BV',
      colour: colour('#645d00', '#f4f4e3', '#4f4a00'),
    },
    {
      id: 'hjemmetjenesten',
      kind: 'homeCare',
      name: 'Hjemmetjenesten',
      shortName: 'Hjemmetj.',
      tile: 'HJ',
      colour: colour('#016965', '#e5f8f7', '#01524e'),
    },
    {
      id: 'fastlege',
      kind: 'generalPractitioner',
      name: 'Fjordvik legesenter',
      shortName: 'Fastlege',
      tile: 'FL',
      colour: colour('#365a95', '#eef4ff', '#294675'),
    },
    {
      id: 'fysioterapi',
      kind: 'physiotherapy',
      name: 'Fysioterapitjenesten',
      shortName: 'Fysio',
      tile: 'FY',
      colour: colour('#406726', '#eef7ea', '#30501c'),
    },
    {
      id: 'dagsenter',
      kind: 'dayCentre',
      name: 'Solgløtt dagsenter',
      shortName: 'Dagsenter',
      tile: 'DS',
      colour: colour('#7b5100', '#fcf2e5', '#603f01'),
    },
    {
      id: 'hjem',
      kind: 'family',
      name: 'Foresatte og hjem',
      shortName: 'Hjem',
      tile: 'FO',
      colour: colour('#834068', '#feedf6', '#693253'),
    },
  ],
  settings: { silentAfterDays: 14 },
})
