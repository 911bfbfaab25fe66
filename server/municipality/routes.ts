import { serviceRoutes } from '../../shared/services.ts'
import type { Api } from '../http/handle.ts'
import type { MunicipalityFile } from './municipality.ts'

/** The municipality as the client draws it. */
export function municipalityApi(api: Api, file: MunicipalityFile) {
  api.handlePublic(serviceRoutes.municipality, async () => file.current())
}
