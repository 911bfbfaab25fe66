import type { PluginKey } from '@tiptap/pm/state'
import { exitSuggestion, type SuggestionOptions, type SuggestionProps } from '@tiptap/suggestion'
import type { Service } from '../../../shared/services.ts'
import { t } from '../../i18n/i18n.ts'
import { announce } from '../../ui/announce.ts'
import { placeAtCaret } from './place-at-caret.ts'

/** One line of a menu that opens while writing. */
export type Option = {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly service?: Service | undefined
}

type Props<O extends Option> = SuggestionProps<O, O>

let lists = 0

/**
 * The listbox under the caret. Focus stays in the text: the editor points at the active option with
 * `aria-activedescendant`. Plain DOM, so that a key press never waits for a render.
 */
export class Listbox<O extends Option> {
  private readonly box = document.createElement('div')
  private readonly list = document.createElement('div')
  private readonly none = document.createElement('p')
  private readonly key: PluginKey
  private props: Props<O>
  private options: readonly O[] = []
  private active = 0
  private readonly stopPlacing: () => void

  constructor(key: PluginKey, label: string, props: Props<O>) {
    this.key = key
    this.props = props
    lists += 1
    this.box.className = 'suggest'
    this.box.popover = 'manual'
    this.none.className = 'suggest-none'
    this.list.id = `suggest-${lists}`
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', label)
    // It may scroll; focus itself stays in the text.
    this.list.tabIndex = 0
    this.box.append(this.list, this.none)
    // What stands outside an open dialog cannot be pressed.
    ;(props.editor.view.dom.closest('dialog') ?? document.body).append(this.box)
    this.box.showPopover()
    this.stopPlacing = placeAtCaret(this.box, () => this.props.clientRect?.() ?? null)
    // Choosing by mouse must not take the focus out of the text.
    this.box.addEventListener('pointerdown', (event) => event.preventDefault())
    this.box.addEventListener('mousedown', (event) => event.preventDefault())
    document.addEventListener('pointerdown', this.onPointerBeside, true)
    this.update(props)
  }

  update(props: Props<O>): void {
    this.props = props
    if (props.loading) return
    const grew = props.items.length !== this.options.length
    this.options = props.items
    this.active = 0
    this.draw()
    if (grew) announce(t('blocks.menuCount', { count: this.options.length }))
  }

  onKey(event: KeyboardEvent): boolean {
    const count = this.options.length
    if (count === 0 || event.isComposing) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + count) % count
      this.draw()
      return true
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      this.choose(this.active)
      return true
    }
    return false
  }

  close(): void {
    this.stopPlacing()
    document.removeEventListener('pointerdown', this.onPointerBeside, true)
    this.box.remove()
    const { dom } = this.props.editor.view
    for (const name of ['aria-activedescendant', 'aria-controls', 'aria-autocomplete'])
      dom.removeAttribute(name)
  }

  private readonly onPointerBeside = ({ target }: PointerEvent): void => {
    const { view } = this.props.editor
    if (target instanceof Node && !this.box.contains(target) && !view.dom.contains(target)) {
      exitSuggestion(view, this.key)
    }
  }

  private choose(index: number): void {
    const option = this.options[index]
    if (option) this.props.command(option)
  }

  private draw(): void {
    this.list.replaceChildren(...this.options.map((option, index) => this.optionElement(option, index)))
    this.none.textContent = this.options.length === 0 ? t('blocks.menuNone', { query: this.props.query }) : ''
    this.none.hidden = this.options.length > 0
    const active = this.list.children[this.active]
    active?.scrollIntoView({ block: 'nearest' })
    const { dom } = this.props.editor.view
    dom.setAttribute('aria-autocomplete', 'list')
    dom.setAttribute('aria-controls', this.list.id)
    if (active) dom.setAttribute('aria-activedescendant', active.id)
    else dom.removeAttribute('aria-activedescendant')
  }

  private optionElement(option: O, index: number): HTMLElement {
    const element = document.createElement('div')
    element.className = 'suggest-option'
    element.id = `${this.list.id}-${index}`
    element.setAttribute('role', 'option')
    element.setAttribute('aria-selected', String(index === this.active))
    const name = document.createElement('b')
    name.textContent = option.name
    const about = document.createElement('span')
    about.textContent = option.about
    if (option.service) element.append(tileOf(option.service))
    element.append(name, ' ', about)
    if (index === this.active) {
      const enter = document.createElement('kbd')
      enter.textContent = 'Enter'
      enter.setAttribute('aria-hidden', 'true')
      element.append(enter)
    }
    element.addEventListener('click', () => this.choose(index))
    return element
  }
}

/** A service's tile, where there is no React. */
function tileOf({ id, tile, colour }: Service): HTMLElement {
  const element = document.createElement('span')
  element.className = 'tile'
  element.dataset['service'] = id
  element.textContent = tile
  element.setAttribute('aria-hidden', 'true')
  element.style.setProperty('--tile', '26px')
  for (const name of ['solid', 'tint', 'text'] as const) element.style.setProperty(`--${name}`, colour[name])
  return element
}

/** Ties a listbox to Tiptap's suggestions. */
export function showInListbox<O extends Option>(
  key: PluginKey,
  label: () => string,
): NonNullable<SuggestionOptions<O, O>['render']> {
  return () => {
    let listbox: Listbox<O> | undefined
    return {
      onStart: (props) => {
        listbox = new Listbox(key, label(), props)
      },
      onUpdate: (props) => listbox?.update(props),
      onKeyDown: ({ event }) => listbox?.onKey(event) ?? false,
      onExit: () => {
        listbox?.close()
        listbox = undefined
      },
    }
  }
}
