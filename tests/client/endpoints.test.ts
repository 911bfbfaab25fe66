import { expect, test } from 'vitest'
import { endpoints } from '../../client/api/endpoints.ts'
import { agendaRoutes } from '../../shared/agenda-routes.ts'
import { caseRoutes } from '../../shared/cases.ts'
import { collabRoutes } from '../../shared/collab/protocol.ts'
import { commentRoutes } from '../../shared/comments.ts'
import { disagreementRoutes } from '../../shared/disagreement-routes.ts'
import { handoverRoutes } from '../../shared/handovers.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { meetingRoutes } from '../../shared/meeting-routes.ts'
import { newsRoutes } from '../../shared/news.ts'
import { notificationRoutes } from '../../shared/notifications.ts'
import { peopleRoutes } from '../../shared/people.ts'
import { questionRoutes } from '../../shared/questions.ts'
import type { Route } from '../../shared/route.ts'
import { serviceRoutes } from '../../shared/services.ts'
import { setAsideRoutes } from '../../shared/set-aside.ts'
import { waitingRoutes } from '../../shared/waiting.ts'

const contracts: Record<keyof typeof endpoints, Route> = {
  municipality: serviceRoutes.municipality,
  demoPeople: peopleRoutes.demoPeople,
  demoSignIn: peopleRoutes.demoSignIn,
  session: peopleRoutes.session,
  signOut: peopleRoutes.signOut,
  cases: caseRoutes.list,
  createCase: caseRoutes.create,
  caseDetail: caseRoutes.detail,
  colleagues: caseRoutes.colleagues,
  addLine: caseRoutes.addLine,
  takeBackRating: caseRoutes.takeBackRating,
  setMember: caseRoutes.setMember,
  removeMember: caseRoutes.removeMember,
  news: newsRoutes.news,
  read: newsRoutes.read,
  search: caseRoutes.search,
  historySessions: historyRoutes.sessions,
  historyMoment: historyRoutes.moment,
  whoWrote: historyRoutes.who,
  restoreHistory: historyRoutes.restore,
  nameVersion: historyRoutes.nameVersion,
  renameVersion: historyRoutes.renameVersion,
  removeVersion: historyRoutes.removeVersion,
  setAside: setAsideRoutes.list,
  decideSetAside: setAsideRoutes.decide,
  threads: commentRoutes.list,
  thread: commentRoutes.one,
  startThread: commentRoutes.start,
  reply: commentRoutes.reply,
  editComment: commentRoutes.edit,
  removeComment: commentRoutes.remove,
  resolveThread: commentRoutes.resolve,
  react: commentRoutes.react,
  unreact: commentRoutes.unreact,
  threadBecomes: commentRoutes.become,
  readThreads: commentRoutes.read,
  questions: questionRoutes.list,
  ask: questionRoutes.ask,
  answerQuestion: questionRoutes.answer,
  withdrawQuestion: questionRoutes.withdraw,
  handover: handoverRoutes.current,
  proposeHandover: handoverRoutes.propose,
  decideHandover: handoverRoutes.decide,
  waiting: waitingRoutes.list,
  putOff: waitingRoutes.putOff,
  takeUp: waitingRoutes.takeUp,
  setMeasureStatus: waitingRoutes.measure,
  waitingDone: waitingRoutes.done,
  meetings: meetingRoutes.list,
  callMeeting: meetingRoutes.call,
  meeting: meetingRoutes.one,
  changeMeeting: meetingRoutes.change,
  cancelMeeting: meetingRoutes.cancel,
  answerMeeting: meetingRoutes.answer,
  caseAgenda: agendaRoutes.agendaOfCase,
  putOnAgenda: agendaRoutes.putOnAgenda,
  takeOffAgenda: agendaRoutes.takeOffAgenda,
  changeAgendaItem: agendaRoutes.changeItem,
  startMeeting: meetingRoutes.start,
  moveMeeting: meetingRoutes.move,
  passLead: meetingRoutes.lead,
  attend: meetingRoutes.attend,
  addGuest: meetingRoutes.addGuest,
  removeGuest: meetingRoutes.removeGuest,
  rateInMeeting: meetingRoutes.rate,
  minute: meetingRoutes.minute,
  soFar: meetingRoutes.soFar,
  endMeeting: meetingRoutes.end,
  minutes: meetingRoutes.minutes,
  remarkMinutes: meetingRoutes.remark,
  signMinutes: meetingRoutes.sign,
  disagreements: disagreementRoutes.list,
  openDisagreement: disagreementRoutes.open,
  viewDisagreement: disagreementRoutes.view,
  closeDisagreement: disagreementRoutes.close,
  notifications: notificationRoutes.settings,
  chooseNotifications: notificationRoutes.choose,
  calendarLink: notificationRoutes.calendar,
  makeCalendarLink: notificationRoutes.makeCalendar,
  endCalendarLink: notificationRoutes.endCalendar,
  ticket: collabRoutes.ticket,
}

test.each(Object.entries(endpoints))(
  'the client calls %s by the method and path of its contract',
  (name, endpoint) => {
    const [, contract] = Object.entries(contracts).find(([key]) => key === name) ?? []
    expect(endpoint).toMatchObject({ method: contract?.method, path: contract?.path })
  },
)
