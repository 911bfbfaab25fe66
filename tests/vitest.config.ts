import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Unit, property, server and collaboration tests. Browser tests of the client ask for jsdom in their first line. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.vite',
  test: {
    include: [
      'tests/{shared,server,collab,client,bench}/**/*.test.{ts,tsx}',
      'tests/{shared,server,collab,client}/**/*.fuzz.ts',
    ],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
