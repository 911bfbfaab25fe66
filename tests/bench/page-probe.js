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

// Key press to paint. "Own" leaves out the waiting for the screen's next frame.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key.length !== 1) return
    const began = performance.now()
    let handled = Number.NaN
    window.addEventListener('input', () => nextTask((at) => (handled = at)), { capture: true, once: true })
    requestAnimationFrame(() => {
      const frame = performance.now()
      nextTask((painted) => {
        const own = handled <= frame ? handled - began + painted - frame : painted - began
        benchKeys.push({ total: painted - event.timeStamp, own })
      })
    })
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
