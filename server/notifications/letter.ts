/**
 * The one letter there is, in both languages: that something waits, and where to sign in. Never what, about whom, from
 * whom or how much, since mail is read by others on its way and on its screens.
 */
export const letter = (origin: string): { subject: string; text: string } => ({
  subject: 'Noe venter på deg i Stafett',
  text: [
    'Noe venter på deg i Stafett. Logg inn for å se hva:',
    `${origin}/`,
    '',
    'Du velger selv om du vil ha slike meldinger, under navnet ditt øverst til høyre.',
    '',
    '–',
    'Something waits for you in Stafett. Sign in at the address above to see what.',
    'You choose under your name at the top right whether you want messages like this.',
    '',
  ].join('\n'),
})
