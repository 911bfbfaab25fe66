import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'

type Look = {
  variant?: 'primary' | 'secondary' | 'tertiary'
  size?: 'sm' | 'md'
  /** An icon before the words; alone, the button needs an aria-label. */
  icon?: ReactNode
}

/**
 * Designsystemet's button, by its CSS. Its React package cannot be shaken (66 kB for one button), so the
 * parts in this folder carry its class names and attributes themselves.
 */
export function Button({
  variant = 'primary',
  size = 'md',
  icon,
  children,
  className,
  ...rest
}: Look & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className={className ? `ds-button ${className}` : 'ds-button'}
      data-variant={variant}
      data-size={size}
      data-icon={icon && !children ? true : undefined}
    >
      {icon}
      {children}
    </button>
  )
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonLink({
  variant = 'primary',
  size = 'md',
  icon,
  children,
  className,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={className ? `ds-button ${className}` : 'ds-button'}
      data-variant={variant}
      data-size={size}
    >
      {icon}
      {children}
    </Link>
  )
}
