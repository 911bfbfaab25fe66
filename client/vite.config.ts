import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env['STAFETT_API'] ?? 'http://127.0.0.1:3000'

/** `/api`, `/collab` and `/sync` go to the Stafett server, which must see its own host as the origin. */
const toServer = { target: api, ws: true, changeOrigin: false }

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: '../node_modules/.vite',
  plugins: [react()],
  clearScreen: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: true,
    manifest: true,
    // What a page may weigh is measured by `npm run bench`, compressed.
    chunkSizeWarningLimit: 2000,
    // Building a schema changes nothing: a schema nobody uses goes, and zod (25 kB) with it, off the overview.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z', 'z.object', 'z.custom'] } },
  },
  server: {
    host: '127.0.0.1',
    strictPort: true,
    // The client's own folders api/ and collab/ are served from here, as TypeScript.
    proxy: { '^/(api|collab|sync)\\b(?!.*\\.(tsx?|css)(\\?|$))': toServer },
  },
})
