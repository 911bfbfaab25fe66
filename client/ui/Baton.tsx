/** The yellow baton: responsibility. The only ornament there is; words beside it say the same. */
export function Baton({ size = 18 }: { size?: number }) {
  return (
    <svg className="baton" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <g transform="rotate(-38 12 12)" stroke="var(--baton-line, #1b1d1f)" strokeWidth="1.8">
        <rect x="1.5" y="7.8" width="21" height="8.4" rx="4.2" fill="#ffe16b" />
        <path d="M8.6 7.8v8.4M15.4 7.8v8.4" />
      </g>
    </svg>
  )
}
