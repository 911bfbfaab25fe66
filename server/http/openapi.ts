import { z } from 'zod'
import { ErrorBody } from '../../shared/errors.ts'
import type { Route, RouteAccess } from '../../shared/route.ts'

const asJson = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}
const isNothing = (schema: z.ZodType) => schema instanceof z.ZodUndefined

/** OpenAPI 3.1, derived from the contracts that the server answers. */
export function openApi(routes: readonly Route[], cookie: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stafett',
      version: '1',
      description: 'One live case log for every service around one person.',
    },
    paths,
    components: {
      schemas: { Error: asJson(ErrorBody, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookie },
        account: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const security: Record<RouteAccess, object[]> = {
  public: [],
  session: [{ session: [] }],
  account: [{ session: [] }, { account: [] }],
}

function operation(route: Route) {
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    security: security[route.access],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(isNothing(route.body)
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: asJson(route.body, 'input') } },
          },
        }),
    responses: {
      '200': {
        description: 'OK',
        content: { 'application/json': { schema: asJson(route.response, 'output') } },
      },
      default: {
        description: 'Failed',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function parameters(schema: z.ZodType, place: 'path' | 'query') {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: asJson(field, 'input'),
  }))
}

/** `GET /api/cases/:id` → `getCasesId`. */
function operationId({ method, path }: Route): string {
  const words = path.replace('/api/', '').split(/[^a-zA-Z]+/)
  return [
    method.toLowerCase(),
    ...words.filter(Boolean).map((word) => word[0]?.toUpperCase() + word.slice(1)),
  ].join('')
}
