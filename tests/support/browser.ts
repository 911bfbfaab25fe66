import { builtinEnvironments } from 'vitest/runtime'

// Import it first: a browser's globals for an editor in a test that also runs the server, which the whole test being
// in jsdom would keep from finding its files. What Node has of the same name stays Node's.
const own = { URL: globalThis.URL, WebSocket: globalThis.WebSocket, fetch: globalThis.fetch }
await builtinEnvironments.jsdom.setup(globalThis, {})
Object.assign(globalThis, own)
