import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** Another client id, when somebody else's claim stands in the way. */
export function drawClientId(doc: Y.Doc, awareness: Awareness): void {
  awareness.setLocalState(null)
  doc.clientID = new Y.Doc().clientID
  awareness.clientID = doc.clientID
  awareness.setLocalState({})
}
