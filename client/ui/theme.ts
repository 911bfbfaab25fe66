import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const REMEMBERED = 'stafett.theme'
const listeners = new Set<() => void>()
let current: Theme = themes.find((theme) => theme === localStorage.getItem(REMEMBERED)) ?? 'system'

function apply() {
  if (current === 'system') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.dataset['theme'] = current
}
apply()

/** Light, dark or like the device; remembered on this device. */
export function setTheme(theme: Theme): void {
  current = theme
  localStorage.setItem(REMEMBERED, theme)
  apply()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => current)
