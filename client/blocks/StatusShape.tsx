/** Status is a shape and a word, never a colour: the shapes that all blocks share. */
export type Shape = 'dashed' | 'half' | 'bars' | 'check' | 'square' | 'question'

const ring = { cx: 8, cy: 8, r: 6.5, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 }

/** A status as a shape; the word stands beside it. */
export function StatusShape({ shape }: { shape: Shape }) {
  return (
    <svg className="status-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {shape === 'dashed' && <circle {...ring} strokeDasharray="4.2 2.6" />}
      {shape === 'half' && (
        <>
          <circle {...ring} />
          <path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="currentColor" />
        </>
      )}
      {shape === 'bars' && (
        <>
          <circle {...ring} />
          <path d="M6.2 5.2v5.6M9.8 5.2v5.6" stroke="currentColor" strokeWidth="1.7" />
        </>
      )}
      {shape === 'check' && (
        <>
          <circle {...ring} fill="currentColor" />
          <path d="m5.2 8.2 2 2 3.6-4.2" fill="none" stroke="var(--sheet)" strokeWidth="1.6" />
        </>
      )}
      {shape === 'square' && (
        <>
          <circle {...ring} />
          <path d="M5.5 5.5h5v5h-5z" fill="currentColor" />
        </>
      )}
      {shape === 'question' && (
        <>
          <circle {...ring} />
          <path
            d="M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.6.2-.8.5-.8 1v.3"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
          />
          <circle cx="8" cy="11.3" r=".9" fill="currentColor" />
        </>
      )}
    </svg>
  )
}
