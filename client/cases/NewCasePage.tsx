import './new-case.css'
import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { can } from '../../shared/capabilities.ts'
import type { CaseId } from '../../shared/ids.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, queryClient, useMe, useServiceOf } from '../api/queries.ts'
import { Baton } from '../ui/Baton.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Field, TextField } from '../ui/Field.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Tile } from '../ui/Tile.tsx'
import { type Draft, faultsOf, fieldAtFault, forgetDraft, kinds, limits, useDraft } from './draft.ts'
import { Invite } from './Invite.tsx'

/** Starting a log in under a minute: what you have noticed, whom it is about, and who should be with you. */
export function NewCasePage() {
  const { t } = useTranslation()
  const me = useMe()
  if (can(me.role, 'case.create')) return <NewCase />
  return (
    <div className="page message">
      <title>{`${t('cases.newTitle')} · Stafett`}</title>
      <h1>{t('cases.newTitle')}</h1>
      <p>{t('cases.mayNotStart')}</p>
      <ButtonLink to="/">{t('shell.toOverview')}</ButtonLink>
    </div>
  )
}

function NewCase() {
  const { t } = useTranslation()
  const me = useMe()
  const service = useServiceOf(me.service)
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [draft, change] = useDraft()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  const refused = fieldAtFault(failed)
  const faults = tried ? faultsOf(draft) : {}
  const wrong = (field: 'concern' | 'subject' | 'about') =>
    faults[field] ? t(...faults[field]) : refused === field ? t('error.invalidInput') : undefined

  useEffect(() => {
    if (!tried) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tried])

  const start = async () => {
    setBusy(true)
    setFailed(undefined)
    try {
      const { id } = await call(endpoints.createCase, { body: { ...bodyOf(draft), service: me.service } })
      await arrive(id)
    } catch (error) {
      setFailed(error)
    } finally {
      setBusy(false)
    }
  }
  const arrive = async (id: CaseId) => {
    forgetDraft()
    void queryClient.invalidateQueries({ queryKey: keys.cases })
    await navigate(`/logg/${id}`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (Object.keys(faultsOf(draft)).length > 0) {
      setTried(false)
      queueMicrotask(() => setTried(true))
      return
    }
    void start()
  }

  return (
    <div className="page new-case">
      <title>{`${t('cases.newTitle')} · Stafett`}</title>
      <h1>{t('cases.newTitle')}</h1>
      <form ref={form} className="sheet" noValidate onSubmit={onSubmit}>
        <TextField
          className="ds-input concern"
          label={t('cases.concern')}
          hint={t('cases.concernHint')}
          placeholder={t('cases.concernPlaceholder')}
          error={wrong('concern')}
          rows={3}
          required
          autoFocus
          value={draft.concern}
          onChange={({ target }) => change({ concern: target.value })}
        />
        <div className="new-case-who">
          <Field
            label={t('cases.subject')}
            hint={t('cases.subjectHint')}
            placeholder={t('cases.subjectPlaceholder')}
            error={wrong('subject')}
            autoComplete="off"
            required
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
          <Segments
            legend={t('cases.kindLabel')}
            legendSeen
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            options={kinds.map((value) => ({ value, label: t(`cases.kind.${value}`) }))}
          />
        </div>
        <Field
          label={
            <>
              {t('cases.about')} <span className="optional">{t('cases.aboutOptional')}</span>
            </>
          }
          placeholder={t('cases.aboutPlaceholder')}
          error={wrong('about')}
          autoComplete="off"
          value={draft.about}
          onChange={({ target }) => change({ about: target.value })}
        />
        <Invite
          chosen={draft.members}
          onChange={(members) => change({ members })}
          hint={t('cases.inviteHint')}
        />
        {failed !== undefined && (
          <div className="notice" data-tone="error" role="alert">
            <ExclamationmarkTriangleIcon aria-hidden />
            <p>
              <strong>{t('cases.notStarted')}</strong> {t(errorKey(failed))}
            </p>
          </div>
        )}
        <footer className="new-case-foot">
          <p className="new-case-become">
            <Tile service={me.service} size={22} />
            {t('cases.raisedBy', { service: service?.name ?? '' })}
            <span className="become">
              <Baton size={18} /> {t('cases.become')}
            </span>
          </p>
          <ButtonLink to="/" variant="tertiary">
            {t('cases.cancel')}
          </ButtonLink>
          <Button type="submit" aria-disabled={busy}>
            {t(busy ? 'cases.starting' : 'cases.start')}
          </Button>
        </footer>
      </form>
    </div>
  )
}

const bodyOf = (draft: Draft) => ({
  subject: { name: draft.name.trim(), kind: draft.kind, about: draft.about.trim().slice(0, limits.about) },
  concern: draft.concern.trim(),
  members: [...draft.members],
  request: draft.request,
})
