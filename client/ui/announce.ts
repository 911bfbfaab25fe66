let region: HTMLElement | undefined
let clear: ReturnType<typeof setTimeout> | undefined

/** Tells screen readers something that changed on the screen, politely: it never interrupts. */
export function announce(text: string): void {
  if (!region?.isConnected) {
    region = document.createElement('div')
    region.className = 'unseen'
    region.setAttribute('aria-live', 'polite')
    region.setAttribute('role', 'status')
    document.body.append(region)
  }
  const line = document.createElement('p')
  line.textContent = text
  region.append(line)
  clearTimeout(clear)
  clear = setTimeout(() => region?.replaceChildren(), 4000)
}
