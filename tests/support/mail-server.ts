import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type Letter = { to: string[]; from: string; raw: string }

export type MailServer = {
  url: string
  letters: Letter[]
  /** Refuses every letter until told otherwise, as a server that is full or down for a while. */
  refuse(refusing: boolean): void
  /** Resolves when this many letters have come. */
  came(count: number): Promise<void>
  stop(): Promise<void>
}

/** A real SMTP server on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const letters: Letter[] = []
  let refusing = false
  let told = () => {}
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusing) return done(new Error('not now'))
        const { mailFrom, rcptTo } = session.envelope
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        done()
        told()
      })
    },
  })
  smtp.on('error', () => {})
  const server = smtp.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    refuse(now) {
      refusing = now
    },
    async came(count) {
      while (letters.length < count)
        await new Promise<void>((resolve) => {
          told = resolve
        })
    },
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  }
}
