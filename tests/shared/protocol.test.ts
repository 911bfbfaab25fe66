import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { BLOCKS_VERSION, editorSchema } from '../../shared/blocks/registry.ts'
import * as protocol from '../../shared/collab/protocol.ts'

/**
 * A change on the wire is a decision. When a fingerprint below no longer fits: may an older client, or an older log,
 * meet the change? If so, raise the version (and say in its history what it brings); then write the new print here.
 */
const prints = {
  blocks: { version: 2, print: '90b697668c9b995e' },
  protocol: { version: 3, print: 'fd6ee3082fb42394' },
}

const printOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

describe('the wire changes only by decision', () => {
  test('[BL3] names, fields and content of the blocks belong to BLOCKS_VERSION', () => {
    const { nodes, marks } = editorSchema()
    const fields = (attrs: Readonly<Record<string, { default?: unknown }>> | null | undefined): unknown =>
      Object.entries(attrs ?? {}).map(([name, { default: fallback }]) => [name, fallback])
    const shape = {
      nodes: Object.entries(nodes).map(([name, { spec }]) => [
        name,
        spec.group,
        spec.content,
        fields(spec.attrs),
      ]),
      marks: Object.entries(marks).map(([name, { spec }]) => [name, fields(spec.attrs)]),
    }
    expect({ version: BLOCKS_VERSION, print: printOf(shape) }).toEqual(prints.blocks)
  })

  test('document names, tickets, awareness and stateless messages belong to PROTOCOL_VERSION', () => {
    const {
      TicketRequest,
      AwarenessState,
      ServerMessage,
      ClientMessage,
      Audience,
      DocumentName,
      LOG_FRAGMENT,
    } = protocol
    const schemas = { TicketRequest, AwarenessState, ServerMessage, ClientMessage, Audience, DocumentName }
    const shape = Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema)])
    expect({ version: protocol.PROTOCOL_VERSION, print: printOf([LOG_FRAGMENT, shape]) }).toEqual(
      prints.protocol,
    )
  })
})
