import { CheckmarkIcon } from '@navikt/aksel-icons'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { placeBeside } from './place.ts'

type MenuProps = {
  /** What the button says to a screen reader. */
  label: string
  button: ReactNode
  className?: string
  align?: 'start' | 'end'
  /** After a choice as well as without one. */
  onClose?: () => void
  children: ReactNode
}

/** A button with a menu in the browser's top layer: arrows, Home, End, first letters, Escape and a click beside it. */
export function Menu({
  label,
  button,
  className = 'ds-button',
  align = 'end',
  onClose,
  children,
}: MenuProps) {
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  useLayoutEffect(() => {
    if (!open || !trigger.current || !list.current) return
    const stop = placeBeside(trigger.current, list.current, align)
    itemsOf(list.current)
      .find((item) => item.tabIndex >= -1)
      ?.focus()
    return stop
  }, [open, align])

  const onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    list.current?.showPopover()
  }

  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        popoverTarget={id}
        onKeyDown={onTriggerKey}
      >
        {button}
      </button>
      <div
        ref={list}
        id={id}
        className="menu"
        role="menu"
        aria-label={label}
        popover="auto"
        onToggle={({ newState }) => {
          setOpen(newState === 'open')
          if (newState === 'closed') onClose?.()
        }}
        onKeyDown={moveInMenu}
      >
        {open && children}
      </div>
    </>
  )
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('.menu-item')]

function moveInMenu(event: KeyboardEvent<HTMLElement>) {
  const items = itemsOf(event.currentTarget)
  const at = items.findIndex((item) => item.matches(':focus'))
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key]
  if (event.key === 'Tab') event.currentTarget.hidePopover()
  const target = to === undefined ? byLetter(items, at, event.key) : items[to]
  if (!target) return
  event.preventDefault()
  target.focus()
}

function byLetter(items: HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key.length !== 1 || key === ' ') return undefined
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return order.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
}

const closeMenu = (element: HTMLElement) => element.closest<HTMLElement>('[popover]')?.hidePopover()

/** One action in a menu. */
export function MenuItem({
  icon,
  children,
  onSelect,
}: {
  icon?: ReactNode
  children: ReactNode
  onSelect: () => void
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      onClick={(event) => {
        closeMenu(event.currentTarget)
        onSelect()
      }}
    >
      <span className="menu-mark">{icon}</span>
      {children}
    </button>
  )
}

/** One of several that exclude each other. */
export function MenuChoice({
  checked,
  lang,
  children,
  onSelect,
}: {
  checked: boolean
  lang?: string
  children: ReactNode
  onSelect: () => void
}) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={checked}
      tabIndex={-1}
      lang={lang}
      className="menu-item"
      onClick={(event) => {
        closeMenu(event.currentTarget)
        onSelect()
      }}
    >
      <span className="menu-mark">{checked && <CheckmarkIcon aria-hidden />}</span>
      {children}
    </button>
  )
}

/** Several items under one heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
    <div role="group" aria-labelledby={id}>
      <div className="menu-heading" id={id}>
        {label}
      </div>
      {children}
    </div>
  )
}

export const MenuLine = () => <hr className="menu-line" />
