import { expect, test } from 'vitest'
import { help, readCommand, readConfig } from '../../server/config.ts'

test('nothing set is the demo on this machine alone', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: './data',
    databaseUrl: '',
    publicUrl: '',
    smtpUrl: '',
    mailFrom: 'stafett@localhost',
    mode: 'demo',
    logLevel: 'info',
  })
  expect(readConfig({ PORT: '', PUBLIC_URL: '' })).toEqual(readConfig({}))
})

test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3000.5'],
  ['HOST', 'not an address'],
  ['DATA_DIR', 'a\0b'],
  ['PUBLIC_URL', 'stafett.example'],
  ['PUBLIC_URL', 'ftp://stafett.example'],
  ['PUBLIC_URL', 'https://stafett.example/path'],
  ['MAIL_FROM', 'Stafett'],
  ['STAFETT_MODE', 'test'],
  ['LOG_LEVEL', 'loud'],
])('%s=%j is refused by its name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} is ${JSON.stringify(value)}; it must be`)
})

test.each(['mysql://stafett:hemmelig@db/stafett', 'postgres://stafett:hemmelig@db', 'stafett:hemmelig'])(
  'DATABASE_URL=%j is refused without a word of its password',
  (url) => {
    expect(() => readConfig({ DATABASE_URL: url })).toThrow(
      /^DATABASE_URL cannot be used; it must be postgres:/,
    )
    expect(() => readConfig({ DATABASE_URL: url })).not.toThrow('hemmelig')
  },
)

test('a public address is kept as the origin that browsers send', () => {
  expect(readConfig({ PUBLIC_URL: 'https://Stafett.example:443/' }).publicUrl).toBe('https://stafett.example')
})

test('production does not start in this version, and says why', () => {
  expect(() => readConfig({ STAFETT_MODE: 'production' })).toThrow('identity provider')
})

test('the command line has two arguments, one at a time', () => {
  expect(readCommand([])).toBe('serve')
  expect(readCommand(['--help'])).toBe('help')
  expect(readCommand(['--rebuild-projection'])).toBe('rebuildProjection')
  expect(() => readCommand(['--port', '80'])).toThrow('Unknown argument')
  expect(() => readCommand(['--help', '--port'])).toThrow('Unknown argument "--port"')
})

test('--help tells of every setting with its default', () => {
  for (const name of [
    'PORT',
    'HOST',
    'DATA_DIR',
    'DATABASE_URL',
    'PUBLIC_URL',
    'STAFETT_MODE',
    'LOG_LEVEL',
  ]) {
    expect(help()).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  }
  expect(help()).toContain('3000 unless set')
})
