import { HouseIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { canBeUnderway, type MeasureFields } from '../../shared/blocks/measure.ts'
import type { Member } from '../../shared/cases.ts'
import { Menu, MenuChoice, MenuGroup } from '../ui/Menu.tsx'
import { Tile } from '../ui/Tile.tsx'
import { type Blocks, serviceOf } from './context.ts'

/** «Maren S.»: a name as people say it, told apart by a letter. */
export function shortName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  const last = rest.at(-1)
  return last ? `${first} ${last.slice(0, 1)}.` : first
}

type Props = {
  fields: MeasureFields
  blocks: Blocks
  onChange: (changed: Pick<MeasureFields, 'service' | 'person'>) => void
  onClose: () => void
}

/** Who does it: somebody in the log, or the home. Choosing a person brings that person's service along. */
export function Responsible({ fields, blocks, onChange, onClose }: Props) {
  const { t } = useTranslation()
  const person = blocks.members.find((member) => member.person === fields.person)
  const known = fields.person === 'home' ? t('blocks.home') : person && shortName(person.name)
  if (!blocks.canWrite) return known ? <span>{known}</span> : null

  const family = blocks.services.find(({ kind }) => kind === 'family')
  const choose = ({ person: id, service }: Pick<Member, 'person' | 'service'>) =>
    onChange({ person: id, service })
  const name = person?.name ?? known ?? t('blocks.noOne')
  return (
    <Menu
      label={t('blocks.whoIs', { who: name })}
      button={known ?? t('blocks.who')}
      className={known ? 'block-control' : 'block-control is-asking'}
      onClose={onClose}
    >
      <MenuGroup label={canBeUnderway(fields) ? t('blocks.whoTitle') : t('blocks.underwayNeeds')}>
        {blocks.members.map((member) => (
          <MenuChoice
            key={member.person}
            checked={member.person === fields.person}
            onSelect={() => choose(member)}
          >
            <Tile service={member.service} size={24} />
            <span>
              {member.name} <small>{serviceOf(blocks, member.service)?.shortName}</small>
            </span>
          </MenuChoice>
        ))}
        {family && (
          <MenuChoice
            checked={fields.person === 'home'}
            onSelect={() => onChange({ person: 'home', service: family.id })}
          >
            <HouseIcon aria-hidden className="menu-house" />
            {t('blocks.home')}
          </MenuChoice>
        )}
      </MenuGroup>
    </Menu>
  )
}
