import { createBrowserRouter } from 'react-router'
import { loadCaseLogPage } from './case-log/load-page.ts'
import { OverviewPage } from './cases/OverviewPage.tsx'
import { Crash } from './shell/Crash.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'

/** The product's map. The overview comes with the frame; everything else when somebody goes there. */
export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Crash,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Crash,
        children: [
          { index: true, Component: OverviewPage },
          {
            path: 'ny',
            lazy: async () => ({ Component: (await import('./cases/NewCasePage.tsx')).NewCasePage }),
          },
          {
            path: 'logg/:id',
            lazy: async () => ({ Component: (await loadCaseLogPage()).default }),
          },
          {
            path: 'logg/:id/historikk',
            lazy: async () => ({ Component: (await import('./history/HistoryPage.tsx')).default }),
          },
          {
            path: 'moter',
            lazy: async () => ({ Component: (await import('./meetings/MeetingsPage.tsx')).MeetingsPage }),
          },
          {
            path: 'mote/:id/referat',
            lazy: async () => ({ Component: (await import('./meetings/MinutesPage.tsx')).default }),
          },
          {
            path: 'mote/:id',
            lazy: async () => ({ Component: (await import('./wall/MeetingPage.tsx')).MeetingPage }),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
])
