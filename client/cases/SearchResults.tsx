import { useTranslation } from 'react-i18next'
import { around, type Found, withoutName } from './find.ts'
import { useCaseName, useNamesHidden } from './hidden-names.ts'

type Props = {
  id: string
  shown: boolean
  query: string
  results: readonly Found[]
  active: number
  state: 'short' | 'waiting' | 'failed' | 'done'
  onChoose: (hit: Found) => void
}

/** The list under the search field. The input keeps the focus; options are pointed at from it. */
export function SearchResults({ id, shown, query, results, active, state, onChoose }: Props) {
  const { t } = useTranslation()
  const [hidden] = useNamesHidden()
  const nameOf = useCaseName()
  const note =
    state === 'failed'
      ? t('search.failed')
      : results.length > 0
        ? undefined
        : state === 'short'
          ? t('search.short')
          : state === 'waiting'
            ? t('search.searching')
            : t('search.none', { query })
  return (
    <div className="search-results" hidden={!shown}>
      <div id={id} role="listbox" aria-label={t('search.results')}>
        {results.map((hit, at) => {
          const name = nameOf(hit.case, hit.name)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns the list
            // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and points here
            <div
              key={`${hit.case} ${hit.excerpt}`}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              className="search-hit"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(hit)}
            >
              <strong>{name}</strong>
              <span>
                {hit.excerpt ? (
                  <Marked
                    text={hidden ? withoutName(hit.excerpt, hit.name, name) : hit.excerpt}
                    query={query}
                  />
                ) : (
                  t('search.coordinator', { name: hit.coordinator })
                )}
              </span>
            </div>
          )
        })}
      </div>
      {note && <p className="search-note">{note}</p>}
    </div>
  )
}

/** The words around a hit, with the words searched for in bold. */
function Marked({ text, query }: { text: string; query: string }) {
  const [before, hit, after] = around(text, query)
  return (
    <>
      {before}
      {hit && <mark>{hit}</mark>}
      {after}
    </>
  )
}
