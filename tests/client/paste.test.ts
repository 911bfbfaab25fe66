// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cleanHtml } from '../../client/blocks/paste/clean.ts'

const clipboard = (name: string): string =>
  readFileSync(`${import.meta.dirname}/clipboard/${name}.txt`, 'utf8')

/** One block a line, for reading. */
const lines = (html: string): string[] =>
  html.replace(/(<\/(?:p|h2|h3|ul|ol|li)>|<(?:ul|ol|li)>)(?=<)/g, '$1\n').split('\n')

describe('pasting', () => {
  it('keeps headings, paragraphs, real lists and marks from Word, and nothing hidden, deleted or commented', () => {
    expect(lines(cleanHtml(clipboard('word365')))).toEqual([
      '<h2>Notat om Jonas</h2>',
      '<h2>Bakgrunn</h2>',
      '<p><strong>Fravær</strong> siden <em>høstferien</em> er <a href="https://www.udir.no/fravar">18 %</a>. Se også vedlegg.</p>',
      '<h2>Det vi prøver</h2>',
      '<ul>',
      '<li>',
      '<p>Voksen ved porten</p>',
      '<ul>',
      '<li>',
      '<p>kl. 08.15</p>',
      '</li>',
      '</ul>',
      '</li>',
      '<li>',
      '<p>Egen inngang</p>',
      '</li>',
      '</ul>',
      '<p>Rekkefølge:</p>',
      '<ol>',
      '<li>',
      '<p>Snakke med Jonas</p>',
      '</li>',
      '<li>',
      '<p>Snakke hjemme</p>',
      '</li>',
      '</ol>',
      '<p>ny setning</p>',
    ])
  })

  it('keeps the words of an Outlook letter: layout tables as paragraphs, short rows as lines', () => {
    expect(lines(cleanHtml(clipboard('outlook')))).toEqual([
      '<p>Hei Maren!</p>',
      '<p>Helsestasjonen</p>',
      '<p>Fjordvik kommune</p>',
      '<p>Dag · Oppmøte</p>',
      '<p>Mandag · <strong>ja</strong></p>',
      '<p>Ring meg på <a href="tel:+4755500000">555 00 000</a> eller <a href="mailto:liv@fjordvik.example">svar her</a>.<br>Hilsen Liv</p>',
    ])
  })

  it('reads Google Docs by its styles, and its lists in lists', () => {
    expect(lines(cleanHtml(clipboard('google-docs')))).toEqual([
      '<h2>Språkgruppe</h2>',
      '<p>Sara tar <strong>initiativ</strong><em> i lek</em>.</p>',
      '<ul>',
      '<li>',
      '<p>tirsdag</p>',
      '<ul>',
      '<li>',
      '<p>etter frukt</p>',
      '</li>',
      '</ul>',
      '</li>',
      '<li>',
      '<p><a href="https://docs.example/lek">torsdag</a></p>',
      '</li>',
      '</ul>',
    ])
  })

  it('takes the text of a web page, not its furniture', () => {
    expect(lines(cleanHtml(clipboard('encyclopedia')))).toEqual([
      '<h2>Behandling</h2>',
      '<p>En rullator</p>',
      '<p>Trening <strong>to ganger</strong> i uka <em>anbefales</em> av <a href="https://no.example.org/wiki/Helse">helsetjenesten</a>. Se balanse.</p>',
      '<h3>Hjemme</h3>',
      '<ol>',
      '<li>',
      '<p>Reis deg</p>',
      '<ul>',
      '<li>',
      '<p>uten støtte</p>',
      '</li>',
      '</ul>',
      '</li>',
      '<li>',
      '<p>Gå rolig</p>',
      '</li>',
      '</ol>',
      '<p>Øv litt hver dag.</p>',
      '<p>Løst sagt</p>',
      '<p>: det hjelper.</p>',
    ])
  })

  it('lets no script, no unsafe address, no foreign block and no invisible text through', () => {
    const clean = cleanHtml(clipboard('hostile'))
    expect(lines(clean)).toEqual([
      '<p>Klikk her, her, her, her, her eller <a href="https://ok.example/">her</a>.</p>',
      '<p>Skjematekst</p>',
      '<p>Falsk vurdering</p>',
      '<p>Falskt mål</p>',
    ])
    expect(clean).not.toMatch(/script|on\w+=|style|data-/i)
  })

  it('takes a few words without a paragraph around them as words', () => {
    expect(cleanHtml('<meta charset="utf-8"><span style="color:red">bare</span> <b>ord</b>')).toBe(
      '<p>bare <strong>ord</strong></p>',
    )
    expect(cleanHtml('')).toBe('')
  })
})
