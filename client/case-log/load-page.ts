/** Loads the code of a log's page, once: when its address is opened, or when somebody is about to go there. */
export const loadCaseLogPage = () => import('./CaseLogPage.tsx')

/** Begins to load it, for a link that is pointed at. Nothing of the log itself is read before it is opened. */
export const expectCaseLogPage = (): void => {
  // Who goes there anyway is told what is wrong, by the page that could not be loaded.
  loadCaseLogPage().catch(() => {})
}
