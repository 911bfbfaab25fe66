import './search.css'
import { MagnifyingGlassIcon, XMarkIcon } from '@navikt/aksel-icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useDeferredValue, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, useCases } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'
import { type Found, found } from './find.ts'
import { SearchResults } from './SearchResults.tsx'

/** Search by name and text in your logs: a combobox whose list answers while you type. */
export function Search({
  field,
  onClose,
}: {
  field: RefObject<HTMLInputElement | null>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const list = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const asked = useSettled(text.trim())
  const cases = useCases().data ?? []
  const search = useQuery({
    queryKey: keys.search(asked),
    queryFn: ({ signal }) => call(endpoints.search, { query: { q: asked }, signal }),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  const results = found(useDeferredValue(text), cases, asked.length >= 2 ? (search.data?.hits ?? []) : [])
  const waiting = asked.length >= 2 && (search.isFetching || asked !== text.trim())
  const shown = open && text.trim() !== ''

  useEffect(() => {
    if (shown && !waiting) announce(t('search.count', { count: results.length }))
  }, [shown, waiting, results.length, t])

  const close = () => {
    setOpen(false)
    setActive(-1)
    onClose()
  }
  const choose = (hit: Found | undefined) => {
    if (!hit) return
    setText('')
    close()
    void navigate(`/logg/${hit.case}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move && results.length > 0) {
      event.preventDefault()
      setOpen(true)
      setActive((at) =>
        at === -1 && move === -1 ? results.length - 1 : (at + move + results.length) % results.length,
      )
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(results[Math.max(active, 0)])
    } else if (event.key === 'Escape') {
      if (text) setText('')
      else field.current?.blur()
      close()
    }
  }

  return (
    <search
      className="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <MagnifyingGlassIcon aria-hidden />
      <input
        ref={field}
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && results[active] ? `${list}-${active}` : undefined}
        placeholder={t('search.label')}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setActive(-1)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      {text ? (
        <button
          type="button"
          className="search-clear"
          aria-label={t('search.clear')}
          onClick={() => {
            setText('')
            field.current?.focus()
          }}
        >
          <XMarkIcon aria-hidden />
        </button>
      ) : (
        <span className="key" aria-hidden="true">
          {t('search.keys')}
        </span>
      )}
      <SearchResults
        id={list}
        shown={shown}
        query={text.trim()}
        results={results}
        active={active}
        state={
          search.isError && asked.length >= 2
            ? 'failed'
            : waiting
              ? 'waiting'
              : asked.length < 2
                ? 'short'
                : 'done'
        }
        onChoose={choose}
      />
    </search>
  )
}

/** The text once typing has paused, so that the server is asked once a word and not once a letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const soon = setTimeout(() => setSettled(text), 160)
    return () => clearTimeout(soon)
  }, [text])
  return settled
}
