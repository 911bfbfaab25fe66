import { describe, expect, test } from 'vitest'
import { Ledger } from '../../client/collab/ledger.ts'
import { type Facts, tellStatus } from '../../client/collab/tell-status.ts'
import { codeOfClose, pauseBefore, verdictOn } from '../../client/collab/verdict.ts'
import { errorTable } from '../../shared/errors.ts'

describe('the ledger of what is saved', () => {
  test('is settled only when the last change is acknowledged, in the order of sending', () => {
    const ledger = new Ledger()
    ledger.made(['a'])
    ledger.sent(0)
    ledger.made(['b'])
    ledger.sent(1)
    expect(ledger.waiting).toBe(2)
    ledger.answered(true, 2)
    expect([ledger.settled, ledger.waiting]).toEqual([false, 1])
    ledger.answered(true, 3)
    expect([ledger.settled, ledger.waiting]).toEqual([true, 0])
  })

  test('is settled by the last part of what went in parts, and not before', () => {
    const ledger = new Ledger()
    ledger.made(['a'])
    ledger.sent(0, false)
    ledger.sent(0, false)
    ledger.sent(0)
    ledger.answered(true, 1)
    ledger.answered(true, 2)
    expect([ledger.settled, ledger.waiting]).toEqual([false, 1])
    ledger.answered(true, 3)
    expect([ledger.settled, ledger.waiting]).toEqual([true, 0])
  })

  test('counts lines, not key presses', () => {
    const ledger = new Ledger()
    for (let press = 0; press < 40; press += 1) ledger.made([press < 20 ? 'a' : 'b'])
    expect(ledger.waiting).toBe(2)
  })

  test('forgets what was under way when the connection goes, and is settled by the sync after it', () => {
    const ledger = new Ledger()
    ledger.made(['a'])
    ledger.sent(0)
    ledger.disconnected()
    ledger.made(['b'])
    ledger.answered(true, 1)
    expect(ledger.settled, 'an answer to nothing settles nothing').toBe(false)
    ledger.sent(2)
    ledger.answered(true, 3)
    expect(ledger.settled).toBe(true)
  })

  test('a refused change stays unsaved, whatever is acknowledged before it', () => {
    const ledger = new Ledger()
    ledger.sent(0)
    ledger.made(['a'])
    ledger.sent(1)
    ledger.answered(true, 2)
    ledger.answered(false, 3)
    expect([ledger.settled, ledger.waiting]).toEqual([false, 1])
  })
})

const calm: Facts = {
  loaded: true,
  joined: true,
  write: true,
  unstored: false,
  settled: true,
  writing: false,
  lines: 0,
  down: false,
  troubled: false,
  trouble: undefined,
  retryAt: undefined,
  ending: undefined,
  back: 0,
}

describe('the words about saving', () => {
  test('«all is saved» only when everything is acknowledged', () => {
    expect(tellStatus(calm)).toEqual({ kind: 'saved' })
    expect(tellStatus({ ...calm, settled: false, lines: 1 })).toEqual({ kind: 'saving' })
    expect(tellStatus({ ...calm, write: false })).toEqual({ kind: 'readOnly', lines: 0 })
    expect(tellStatus({ ...calm, unstored: true, settled: false, lines: 2 }).kind).toBe('failed')
  })

  test('offline counts the lines that wait, and coming back counts those that were shared', () => {
    const away = { ...calm, joined: false, down: true, settled: false, lines: 3 }
    expect(tellStatus(away)).toEqual({ kind: 'offline', lines: 3 })
    expect(tellStatus({ ...calm, settled: false, lines: 3, back: 3 }).kind, 'not before they are').toBe(
      'saving',
    )
    expect(tellStatus({ ...calm, back: 3 })).toEqual({ kind: 'back', lines: 3 })
  })

  test('an outage says when the next attempt is', () => {
    const status = tellStatus({ ...calm, joined: false, down: true, troubled: true, lines: 1, retryAt: 9 })
    expect(status).toEqual({ kind: 'failed', trouble: 'noConnection', lines: 1, retryAt: 9 })
  })

  test('a disk that is slow, full or locked, and a log that was behind, each have their words', () => {
    const writing = { ...calm, settled: false, lines: 1 }
    expect(tellStatus(writing), 'slow').toEqual({ kind: 'saving' })
    const full = { kind: 'failed', trouble: 'notStored', lines: 1, retryAt: undefined }
    expect(tellStatus({ ...writing, write: false, unstored: true }), 'full or locked').toEqual(full)
    expect(tellStatus({ ...calm, loaded: false }), 'opening').toEqual({ kind: 'connecting' })
    expect(tellStatus({ ...calm, ending: 'afresh' }), 'opening again').toEqual({ kind: 'connecting' })
  })

  test('what ends a log for good says so', () => {
    expect(tellStatus({ ...calm, ending: 'lost' })).toEqual({ kind: 'noAccess' })
    const failed = { kind: 'failed', lines: 2, retryAt: undefined }
    expect(tellStatus({ ...calm, lines: 2, ending: 'signedOut' })).toEqual({
      ...failed,
      trouble: 'signedOut',
    })
    expect(tellStatus({ ...calm, lines: 2, ending: 'outdated' })).toEqual({
      ...failed,
      trouble: 'clientOutdated',
    })
  })
})

describe('what a close means', () => {
  test('codes and reasons lead to the same error', () => {
    expect(codeOfClose({ code: errorTable.accessLost.close, reason: '' })).toBe('accessLost')
    expect(codeOfClose({ code: 1000, reason: 'accessLost' })).toBe('accessLost')
    expect(codeOfClose({ code: 1006, reason: '' })).toBeUndefined()
  })

  test('lost access ends, a restart does not, a refused text is not sent for ever', () => {
    expect(verdictOn('accessLost')).toBe('lost')
    expect(verdictOn('serverStopping')).toBe('again')
    expect(verdictOn('ticketInvalid')).toBe('again')
    expect(verdictOn(undefined)).toBe('again')
    expect(pauseBefore(0, 'again', 0.5)).toBe(0)
    expect(pauseBefore(9, 'again', 1)).toBeLessThan(7000)
    expect(pauseBefore(2, 'refused')).toBe(30_000)
  })
})
