/** How far down the sticky headers reach. */
export const covered = (): number => {
  const header = document.querySelector('.case-header')
  const sticky = [document.querySelector('.news-line'), header, document.querySelector('.app-bar')]
  const below = sticky.find((one) => one && getComputedStyle(one).position === 'sticky')
  return below?.getBoundingClientRect().bottom ?? 0
}
