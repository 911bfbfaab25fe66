import { useTranslation } from 'react-i18next'
import type { ServiceId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { Menu, MenuChoice, MenuGroup } from '../ui/Menu.tsx'
import { Tile } from '../ui/Tile.tsx'

/** The service of a measure as its tile; one click chooses another. */
export function MeasureService(props: {
  service: ServiceId | null
  services: readonly Service[]
  canChange: boolean
  onChange: (service: ServiceId) => void
}) {
  const { t } = useTranslation()
  const known = props.services.find(({ id }) => id === props.service)
  const tile = props.service ? (
    <Tile service={props.service} />
  ) : (
    <span className="tile-missing" aria-hidden="true">
      ?
    </span>
  )
  const label = known ? t('blocks.serviceIs', { service: known.name }) : t('blocks.noService')
  if (!props.canChange) {
    return (
      <>
        {tile}
        <span className="unseen">{label}</span>
      </>
    )
  }
  return (
    <Menu label={label} button={tile} align="start" className="block-control block-tile">
      <MenuGroup label={t('blocks.chooseService')}>
        {props.services.map(({ id, name }) => (
          <MenuChoice key={id} checked={id === props.service} onSelect={() => props.onChange(id)}>
            <Tile service={id} size={24} />
            {name}
          </MenuChoice>
        ))}
      </MenuGroup>
    </Menu>
  )
}
