/** A grey stand-in of the size that the content will have. */
export const Skeleton = ({
  width,
  height,
  circle = false,
}: {
  width: string | number
  height: string | number
  circle?: boolean
}) => (
  <span
    className="ds-skeleton"
    data-variant={circle ? 'circle' : 'rectangle'}
    aria-hidden="true"
    style={{ width, height }}
  />
)
