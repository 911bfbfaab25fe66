import { useEffect, useRef, useSyncExternalStore } from 'react'
import { type Act, actOf, type Where } from './keys.ts'

const REMEMBERED = 'stafett.meetingKeys'
const listeners = new Set<() => void>()
const areOn = (): boolean => localStorage.getItem(REMEMBERED) !== 'off'
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function toggle(): void {
  if (areOn()) localStorage.setItem(REMEMBERED, 'off')
  else localStorage.removeItem(REMEMBERED)
  for (const listener of listeners) listener()
}

/** Whether single keys act in meetings on this device, and how to switch. */
export const useKeysOn = (): readonly [on: boolean, toggle: () => void] => [
  useSyncExternalStore(subscribe, areOn),
  toggle,
]

const WRITES = 'input, textarea, select, [contenteditable="true"], [role="textbox"]'
const OWN_ARROWS = '[role="menu"], [role="listbox"], [role="radiogroup"]'

const placeOf = (target: HTMLElement): Pick<Where, 'typing' | 'covered'> => ({
  typing: target.closest(WRITES) !== null,
  covered:
    target.closest(OWN_ARROWS) !== null ||
    document.querySelector('dialog[open], .menu:popover-open, .suggest:popover-open') !== null,
})

/**
 * Does what a key says, unless somebody is writing; `act` answers whether it was its to do. Escape leaves a field, so
 * that the keys act again.
 */
export function useKeys(act: (act: Act) => boolean): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return
      const found = actOf(event, { on: areOn(), ...placeOf(event.target) })
      if (found && latest.current(found)) event.preventDefault()
    }
    // Ahead of the editor, which keeps Escape to itself.
    const onEscape = ({ key, target }: KeyboardEvent): void => {
      if (key !== 'Escape' || !(target instanceof HTMLElement)) return
      const { typing, covered } = placeOf(target)
      if (typing && !covered) target.blur()
    }
    addEventListener('keydown', onKey)
    addEventListener('keydown', onEscape, { capture: true })
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('keydown', onEscape, { capture: true })
    }
  }, [])
}
