import { config } from 'zod'

// Zod would otherwise try whether it may compile code, which the page's security policy forbids, and says aloud.
config({ jitless: true })
