// Mantine set to the tokens of UX.md section 9: colours as CSS variables, the shipped typefaces, the type scale, no
// movement for those who want none.
import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { TOKENS } from './tokens.ts';

const SANS = '"Inter Variable", "Noto Sans SC Variable", system-ui, sans-serif';
const MONO = '"JetBrains Mono", "Noto Sans SC Variable", ui-monospace, monospace';

export const theme = createTheme({
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '13px', sm: '15px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { md: '1.4' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

function variables(scheme: 'light' | 'dark'): Record<string, string> {
  const tokens = Object.entries(TOKENS[scheme]).map(([name, colour]) => [`--${name}`, colour]);
  return Object.fromEntries([
    ...tokens,
    ['--mantine-color-body', 'var(--canvas)'],
    ['--mantine-color-text', 'var(--ink)'],
  ]);
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mono': MONO, '--sans': SANS },
  light: variables('light'),
  dark: variables('dark'),
});
