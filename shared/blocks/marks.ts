import { Bold } from '@tiptap/extension-bold'
import { Italic } from '@tiptap/extension-italic'
import { Link as TiptapLink } from '@tiptap/extension-link'

export { Bold, Italic }

const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** Whether a link may be followed from a log: a complete address with a scheme that cannot run code. */
export function isSafeLink(href: unknown): href is string {
  return typeof href === 'string' && URL.canParse(href) && allowed.has(new URL(href).protocol)
}

/**
 * Only `href` is stored; `rel` and `target` are always ours. No autolink: the library's would also rewrite
 * what colleagues type, on every client at once.
 */
export const Link = TiptapLink.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('href') } }
  },
}).configure({
  autolink: false,
  openOnClick: false,
  linkOnPaste: true,
  defaultProtocol: 'https',
  HTMLAttributes: { target: '_blank', rel: 'noopener noreferrer nofollow' },
  isAllowedUri: isSafeLink,
})
