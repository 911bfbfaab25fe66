// Runs in the page before anything else; the bench reads what it collects.

/** @type {{ total: number, own: number }[]} */
const benchKeys = []
/** @type {{ shownAt: number, clickedAt: number, expect: (characters: number) => void }} */
const benchScreen = { shownAt: 0, clickedAt: 0, expect: () => {} }
Object.assign(window, { benchKeys, benchScreen })

/** @param {(at: number) => void} done */
function nextTask(done) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    done(performance.now())
  }
  port2.postMessage(0)
}

// Key press to paint: the first frame after the letter came in. "Own" is the work: what the key's events set off, and
// that frame from its beginning to its end. Waiting for the letter's event and for the frame is not; other tasks cannot
// tell, since Chromium puts them off between a key and its frame.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key.length !== 1) return
    let own = 0
    let written = false
    let began = performance.now()
    // The last to hear of an event, and after what has waited for it: changes of the text are told in microtasks.
    const end = () => queueMicrotask(() => queueMicrotask(() => (own += performance.now() - began)))
    window.addEventListener('keydown', end, { once: true })
    window.addEventListener('keypress', () => (began = performance.now()), { capture: true, once: true })
    window.addEventListener('input', end, { once: true })
    window.addEventListener('input', () => (written = true), { capture: true, once: true })
    const onFrame = () => {
      if (!written) {
        requestAnimationFrame(onFrame)
        return
      }
      const frame = performance.now()
      nextTask((painted) => benchKeys.push({ total: painted - event.timeStamp, own: own + painted - frame }))
    }
    requestAnimationFrame(onFrame)
  },
  true,
)

// Text on screen: the first frame after which the log holds as many characters as were asked for, by the address or by the bench.
let wanted = Number(new URLSearchParams(location.hash.slice(1)).get('characters') ?? 0)
function look() {
  const text = document.querySelector('.log-text')
  const there = text?.childElementCount && (text.textContent ?? '').length >= wanted
  if (there) requestAnimationFrame(() => nextTask((at) => (benchScreen.shownAt = at)))
  else requestAnimationFrame(look)
}
/** @param {number} characters */
benchScreen.expect = (characters) => {
  wanted = characters
  window.addEventListener('click', ({ timeStamp }) => (benchScreen.clickedAt = timeStamp), true)
  requestAnimationFrame(look)
}
if (wanted > 0) requestAnimationFrame(look)
