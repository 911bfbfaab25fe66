const GAP = 6
const EDGE = 8

/** Keeps a box in the top layer beside its button, inside the window. Returns how to stop. */
export function placeBeside(button: HTMLElement, box: HTMLElement, align: 'start' | 'end'): () => void {
  const place = () => {
    const at = button.getBoundingClientRect()
    const { width, height } = box.getBoundingClientRect()
    const left = align === 'start' ? at.left : at.right - width
    const below = at.bottom + GAP
    const top =
      below + height > innerHeight - EDGE && at.top - GAP - height > EDGE ? at.top - GAP - height : below
    box.style.left = `${Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - width - EDGE))}px`
    box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`
  }
  place()
  addEventListener('resize', place)
  addEventListener('scroll', place, { capture: true, passive: true })
  return () => {
    removeEventListener('resize', place)
    removeEventListener('scroll', place, { capture: true })
  }
}
