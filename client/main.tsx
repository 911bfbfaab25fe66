import '@fontsource-variable/inter/wght.css'
import './ui/styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { askEarly, queryClient } from './api/queries.ts'
import { ready } from './i18n/i18n.ts'
import { router } from './routes.tsx'
import './ui/theme.ts'

const place = document.getElementById('app')
if (!place) throw new Error('index.html lacks #app')

askEarly()
await ready
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
