import type { nb, Words } from '../nb/index.ts'
import { blocks } from './blocks.ts'
import { caseLog } from './caseLog.ts'
import { cases } from './cases.ts'
import { comments } from './comments.ts'
import { disagreement } from './disagreement.ts'
import { handovers } from './handovers.ts'
import { history } from './history.ts'
import { meeting } from './meeting.ts'
import { meetings } from './meetings.ts'
import { members } from './members.ts'
import { news } from './news.ts'
import { notifications } from './notifications.ts'
import { questions } from './questions.ts'
import { setAside } from './setAside.ts'
import { shell } from './shell.ts'
import { waiting } from './waiting.ts'

export const en = {
  ...shell,
  blocks,
  caseLog,
  cases,
  comments,
  disagreement,
  handovers,
  history,
  meeting,
  meetings,
  members,
  news,
  notifications,
  questions,
  setAside,
  waiting,
} satisfies Words<typeof nb>
