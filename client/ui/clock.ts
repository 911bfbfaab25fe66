import { useEffect, useState } from 'react'

/** The time now, renewed every minute and when the window is looked at again. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const tick = () => setNow(new Date())
    const every = setInterval(tick, 60_000)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(every)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [])
  return now
}
