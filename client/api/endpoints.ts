import type { agendaRoutes } from '../../shared/agenda-routes.ts'
import type { caseRoutes } from '../../shared/cases.ts'
import type { collabRoutes } from '../../shared/collab/protocol.ts'
import type { commentRoutes } from '../../shared/comments.ts'
import type { disagreementRoutes } from '../../shared/disagreement-routes.ts'
import type { handoverRoutes } from '../../shared/handovers.ts'
import type { historyRoutes } from '../../shared/history-routes.ts'
import type { meetingRoutes } from '../../shared/meeting-routes.ts'
import type { newsRoutes } from '../../shared/news.ts'
import type { notificationRoutes } from '../../shared/notifications.ts'
import type { peopleRoutes } from '../../shared/people.ts'
import type { questionRoutes } from '../../shared/questions.ts'
import type { Method, Route } from '../../shared/route.ts'
import type { serviceRoutes } from '../../shared/services.ts'
import type { setAsideRoutes } from '../../shared/set-aside.ts'
import type { waitingRoutes } from '../../shared/waiting.ts'

/** Method and path of a contract; its types ride along without its schemas, which keeps zod off the overview. */
export type Endpoint<T extends Route> = {
  readonly method: Method
  readonly path: string
  readonly contract?: T
}

const endpoint = <T extends Route>(method: T['method'], path: T['path']): Endpoint<T> => ({ method, path })

/** Every call of the client. tests/client/endpoints.test.ts holds them to the contracts in shared/. */
export const endpoints = {
  municipality: endpoint<typeof serviceRoutes.municipality>('GET', '/api/municipality'),
  demoPeople: endpoint<typeof peopleRoutes.demoPeople>('GET', '/api/demo/people'),
  demoSignIn: endpoint<typeof peopleRoutes.demoSignIn>('POST', '/api/demo/sign-in'),
  session: endpoint<typeof peopleRoutes.session>('GET', '/api/session'),
  signOut: endpoint<typeof peopleRoutes.signOut>('POST', '/api/session/sign-out'),
  cases: endpoint<typeof caseRoutes.list>('GET', '/api/cases'),
  createCase: endpoint<typeof caseRoutes.create>('POST', '/api/cases'),
  caseDetail: endpoint<typeof caseRoutes.detail>('GET', '/api/cases/:id'),
  colleagues: endpoint<typeof caseRoutes.colleagues>('GET', '/api/people'),
  addLine: endpoint<typeof caseRoutes.addLine>('POST', '/api/cases/:id/lines'),
  takeBackRating: endpoint<typeof caseRoutes.takeBackRating>('DELETE', '/api/cases/:id/lines/:line'),
  setMember: endpoint<typeof caseRoutes.setMember>('PUT', '/api/cases/:id/members/:person'),
  removeMember: endpoint<typeof caseRoutes.removeMember>('DELETE', '/api/cases/:id/members/:person'),
  news: endpoint<typeof newsRoutes.news>('GET', '/api/cases/:id/news'),
  read: endpoint<typeof newsRoutes.read>('POST', '/api/cases/:id/read'),
  search: endpoint<typeof caseRoutes.search>('GET', '/api/search'),
  historySessions: endpoint<typeof historyRoutes.sessions>('GET', '/api/cases/:id/history'),
  historyMoment: endpoint<typeof historyRoutes.moment>('GET', '/api/cases/:id/history/moment'),
  whoWrote: endpoint<typeof historyRoutes.who>('POST', '/api/cases/:id/history/who'),
  restoreHistory: endpoint<typeof historyRoutes.restore>('POST', '/api/cases/:id/history/restore'),
  nameVersion: endpoint<typeof historyRoutes.nameVersion>('POST', '/api/cases/:id/history/versions'),
  renameVersion: endpoint<typeof historyRoutes.renameVersion>(
    'PUT',
    '/api/cases/:id/history/versions/:version',
  ),
  removeVersion: endpoint<typeof historyRoutes.removeVersion>(
    'DELETE',
    '/api/cases/:id/history/versions/:version',
  ),
  setAside: endpoint<typeof setAsideRoutes.list>('GET', '/api/cases/:id/set-aside'),
  decideSetAside: endpoint<typeof setAsideRoutes.decide>('POST', '/api/cases/:id/set-aside/:item'),
  threads: endpoint<typeof commentRoutes.list>('GET', '/api/cases/:id/threads'),
  thread: endpoint<typeof commentRoutes.one>('GET', '/api/cases/:id/threads/:thread'),
  startThread: endpoint<typeof commentRoutes.start>('POST', '/api/cases/:id/threads'),
  reply: endpoint<typeof commentRoutes.reply>('POST', '/api/cases/:id/threads/:thread/comments'),
  editComment: endpoint<typeof commentRoutes.edit>('PUT', '/api/cases/:id/threads/:thread/comments/:comment'),
  removeComment: endpoint<typeof commentRoutes.remove>(
    'DELETE',
    '/api/cases/:id/threads/:thread/comments/:comment',
  ),
  resolveThread: endpoint<typeof commentRoutes.resolve>('PUT', '/api/cases/:id/threads/:thread/resolved'),
  react: endpoint<typeof commentRoutes.react>(
    'PUT',
    '/api/cases/:id/threads/:thread/comments/:comment/reactions/:reaction',
  ),
  unreact: endpoint<typeof commentRoutes.unreact>(
    'DELETE',
    '/api/cases/:id/threads/:thread/comments/:comment/reactions/:reaction',
  ),
  threadBecomes: endpoint<typeof commentRoutes.become>('POST', '/api/cases/:id/threads/:thread/become'),
  readThreads: endpoint<typeof commentRoutes.read>('POST', '/api/cases/:id/threads/read'),
  questions: endpoint<typeof questionRoutes.list>('GET', '/api/cases/:id/questions'),
  ask: endpoint<typeof questionRoutes.ask>('POST', '/api/cases/:id/questions'),
  answerQuestion: endpoint<typeof questionRoutes.answer>('POST', '/api/cases/:id/questions/:question/answer'),
  withdrawQuestion: endpoint<typeof questionRoutes.withdraw>('DELETE', '/api/cases/:id/questions/:question'),
  handover: endpoint<typeof handoverRoutes.current>('GET', '/api/cases/:id/handover'),
  proposeHandover: endpoint<typeof handoverRoutes.propose>('POST', '/api/cases/:id/handover'),
  decideHandover: endpoint<typeof handoverRoutes.decide>('PUT', '/api/cases/:id/handover/:handover'),
  waiting: endpoint<typeof waitingRoutes.list>('GET', '/api/waiting'),
  putOff: endpoint<typeof waitingRoutes.putOff>('PUT', '/api/waiting/:key/later'),
  takeUp: endpoint<typeof waitingRoutes.takeUp>('DELETE', '/api/waiting/:key/later'),
  setMeasureStatus: endpoint<typeof waitingRoutes.measure>('PUT', '/api/cases/:id/measures/:measure/status'),
  waitingDone: endpoint<typeof waitingRoutes.done>('POST', '/api/waiting/:key/done'),
  meetings: endpoint<typeof meetingRoutes.list>('GET', '/api/meetings'),
  callMeeting: endpoint<typeof meetingRoutes.call>('POST', '/api/meetings'),
  meeting: endpoint<typeof meetingRoutes.one>('GET', '/api/meetings/:id'),
  changeMeeting: endpoint<typeof meetingRoutes.change>('PUT', '/api/meetings/:id'),
  cancelMeeting: endpoint<typeof meetingRoutes.cancel>('DELETE', '/api/meetings/:id'),
  answerMeeting: endpoint<typeof meetingRoutes.answer>('PUT', '/api/meetings/:id/answer'),
  caseAgenda: endpoint<typeof agendaRoutes.agendaOfCase>('GET', '/api/cases/:id/agenda'),
  putOnAgenda: endpoint<typeof agendaRoutes.putOnAgenda>('POST', '/api/cases/:id/agenda'),
  takeOffAgenda: endpoint<typeof agendaRoutes.takeOffAgenda>('DELETE', '/api/cases/:id/agenda/:item'),
  changeAgendaItem: endpoint<typeof agendaRoutes.changeItem>('PUT', '/api/meetings/:id/agenda/:item'),
  startMeeting: endpoint<typeof meetingRoutes.start>('POST', '/api/meetings/:id/start'),
  moveMeeting: endpoint<typeof meetingRoutes.move>('PUT', '/api/meetings/:id/place'),
  passLead: endpoint<typeof meetingRoutes.lead>('PUT', '/api/meetings/:id/lead'),
  attend: endpoint<typeof meetingRoutes.attend>('PUT', '/api/meetings/:id/attendance'),
  addGuest: endpoint<typeof meetingRoutes.addGuest>('POST', '/api/meetings/:id/guests'),
  removeGuest: endpoint<typeof meetingRoutes.removeGuest>('DELETE', '/api/meetings/:id/guests/:guest'),
  rateInMeeting: endpoint<typeof meetingRoutes.rate>('POST', '/api/meetings/:id/ratings'),
  minute: endpoint<typeof meetingRoutes.minute>('POST', '/api/meetings/:id/lines'),
  soFar: endpoint<typeof meetingRoutes.soFar>('GET', '/api/meetings/:id/so-far'),
  endMeeting: endpoint<typeof meetingRoutes.end>('POST', '/api/meetings/:id/end'),
  minutes: endpoint<typeof meetingRoutes.minutes>('GET', '/api/meetings/:id/minutes'),
  remarkMinutes: endpoint<typeof meetingRoutes.remark>('PUT', '/api/meetings/:id/minutes'),
  signMinutes: endpoint<typeof meetingRoutes.sign>('POST', '/api/meetings/:id/sign'),
  disagreements: endpoint<typeof disagreementRoutes.list>('GET', '/api/cases/:id/disagreements'),
  openDisagreement: endpoint<typeof disagreementRoutes.open>('POST', '/api/cases/:id/disagreements'),
  viewDisagreement: endpoint<typeof disagreementRoutes.view>(
    'PUT',
    '/api/cases/:id/disagreements/:disagreement/view',
  ),
  closeDisagreement: endpoint<typeof disagreementRoutes.close>(
    'POST',
    '/api/cases/:id/disagreements/:disagreement/close',
  ),
  notifications: endpoint<typeof notificationRoutes.settings>('GET', '/api/me/notifications'),
  chooseNotifications: endpoint<typeof notificationRoutes.choose>('PUT', '/api/me/notifications'),
  calendarLink: endpoint<typeof notificationRoutes.calendar>('GET', '/api/me/calendar'),
  makeCalendarLink: endpoint<typeof notificationRoutes.makeCalendar>('POST', '/api/me/calendar'),
  endCalendarLink: endpoint<typeof notificationRoutes.endCalendar>('DELETE', '/api/me/calendar'),
  ticket: endpoint<typeof collabRoutes.ticket>('POST', '/api/collab/ticket'),
}
