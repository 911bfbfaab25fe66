import { z } from 'zod'
import { route } from './route.ts'

export const healthRoutes = {
  health: route({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the server answers, and the version of its block schema',
    params: z.object({}),
    query: z.object({}),
    body: z.undefined(),
    response: z.object({ status: z.literal('ok'), blocksVersion: z.number().int() }),
    access: 'public',
    tag: 'health',
  }),
}
