import type { Words } from '../nb/index.ts'
import type { members as nb } from '../nb/members.ts'

export const members: Words<typeof nb> = {
  invite: 'Invite',
  title: 'Invite to the log',
  hint: 'They see the whole log at once. Services can write, guardians write lines of their own.',
  more: 'Change for {{name}}',
  part: '{{name}} in the log',
  remove: 'Take out of the log',
  removeTitle: 'Take {{name}} out of the log?',
  removeText: '{{name}} loses access at once. What {{name}} has written stays.',
  keep: 'Keep',
  invited: 'The invited are in the log.',
  changed: '{{name}} has another part in the log.',
  removed: '{{name}} is no longer in the log.',
  failed: 'Nothing was changed.',
  role: {
    professional: 'Can read and write',
    reader: 'Can read',
    guardian: 'Guardian: reads, writes own lines',
    youngPerson: 'Subject: reads, writes own lines',
  },
}
