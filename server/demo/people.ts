import { z } from 'zod'
import { Person } from '../../shared/people.ts'

/** The people of Fjordvik. All of them are invented. */
export const demoPeople = z
  .array(Person)
  .parse([
    staff('maren', 'Maren Solbakken', 'fjordvik-skole', 'kontaktlærer'),
    staff('tore', 'Tore Kvalvik', 'fjordvik-skole', 'sosiallærer'),
    staff('jostein', 'Jostein Eikremsli', 'fjordvik-skole', 'kroppsøvingslærer'),
    staff('amina', 'Amina Warsam', 'fjordvik-skole', 'miljøterapeut'),
    staff('silje', 'Silje Nordhagen', 'skolehelsetjenesten', 'helsesykepleier'),
    staff('henrik', 'Henrik Dyrlund', 'skolehelsetjenesten', 'skolelege'),
    staff('haakon', 'Håkon Viermyr', 'ppt', 'PP-rådgiver'),
    staff('ragnhild', 'Ragnhild Stuvland', 'ppt', 'psykolog'),
    staff('turid', 'Turid Lauvrak', 'barnevern', 'kontaktperson'),
    staff('ida', 'Ida Fossmo', 'tyttebaer-barnehage', 'pedagogisk leder'),
    staff('gro', 'Gro Hellestveit', 'fjordvik-helsestasjon', 'helsesykepleier'),
    staff('nora', 'Nora Myklevoll', 'hjemmetjenesten', 'sykepleier'),
    staff('sindre', 'Sindre Oksvold', 'hjemmetjenesten', 'sykepleier, natt'),
    staff('oda', 'Oda Fjellhaug', 'hjemmetjenesten', 'vikar'),
    staff('anders', 'Anders Tveitnes', 'fastlege', 'fastlege'),
    staff('eirin', 'Eirin Skogvoll', 'fysioterapi', 'fysioterapeut'),
    staff('peder', 'Peder Ramslid', 'dagsenter', 'aktivitetsleder'),
    { id: 'bodil', name: 'Bodil Haugsrud', service: 'fjordvik-skole', role: 'manager', title: 'rektor' },
    { id: 'camilla', name: 'Camilla Bergset', service: 'hjem', role: 'family', title: 'mor til Jonas' },
    { id: 'marek', name: 'Marek Zielony', service: 'hjem', role: 'family', title: 'far til Sara' },
  ])

function staff(id: string, name: string, service: string, title: string) {
  return { id, name, service, role: 'staff', title }
}
