import type { Words } from '../nb/index.ts'
import type { setAside as nb } from '../nb/setAside.ts'

export const setAside: Words<typeof nb> = {
  notice_one: 'Part of the log was missing and is set aside. It is waiting for you.',
  notice_other: '{{count}} parts of the log were missing and are set aside. They are waiting for you.',
  look: 'See what it is',
  title: 'Set aside',
  intro:
    'The server was restored from an older copy. This was still in the browser of somebody who was here, and we cannot be sure that this is how it stood.',
  brought: 'From the browser of {{name}}, {{when}}',
  by: 'Written by {{name}}',
  byNobody: 'Unsure who wrote it',
  takeIn: 'Take it in again (as {{name}})',
  takeInUnsure: 'Take it in again (unsure who)',
  drop: 'Discard',
  tookIn: 'The text is back in the log.',
  dropped: 'The text is discarded.',
  failed: 'That did not work.',
  empty: 'Nothing is waiting any more.',
  unsure: 'unsure who',
  afresh:
    'The server was restored from an older copy, and the log has been opened again. What you had written is in it. What others had written is set aside.',
  seen: 'Seen',
}
