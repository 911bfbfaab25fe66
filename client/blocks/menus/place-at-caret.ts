const GAP = 6
const EDGE = 8

/** Room that a bar fixed to the bottom of the window takes, such as the composer. */
function bottomBar(): number {
  const bar = document.elementFromPoint(innerWidth / 2, innerHeight - 2)
  for (let element = bar; element; element = element.parentElement) {
    const { position } = getComputedStyle(element)
    if (position === 'fixed' || position === 'sticky')
      return innerHeight - element.getBoundingClientRect().top
  }
  return 0
}

/** Keeps a box in the top layer under the caret, or above it where there is no room. Returns how to stop. */
export function placeAtCaret(box: HTMLElement, caret: () => DOMRect | null): () => void {
  const place = (): void => {
    const at = caret()
    if (!at) return
    // On a phone the keyboard takes half of the window: the visual viewport is what is left.
    const bottom = Math.min(visualViewport?.height ?? innerHeight, innerHeight - bottomBar()) - EDGE
    const { width, height } = box.getBoundingClientRect()
    const fitsBelow = at.bottom + GAP + height <= bottom
    const above = at.top - GAP - height
    const top = fitsBelow || above < EDGE ? at.bottom + GAP : above
    const right = document.documentElement.clientWidth - width - EDGE
    box.style.left = `${Math.max(EDGE, Math.min(at.left, right))}px`
    box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`
  }
  const watch = new ResizeObserver(place)
  watch.observe(box)
  addEventListener('scroll', place, { capture: true, passive: true })
  visualViewport?.addEventListener('resize', place)
  place()
  return () => {
    watch.disconnect()
    removeEventListener('scroll', place, { capture: true })
    visualViewport?.removeEventListener('resize', place)
  }
}
