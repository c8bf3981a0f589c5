// The colours of UX.md section 9, by scheme. The names are those of the CSS variables, so a test can read them back.

type Token =
  | 'canvas'
  | 'surface'
  | 'raised'
  | 'sunken'
  | 'line'
  | 'control'
  | 'bar'
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'pass'
  | 'pass-on'
  | 'pass-tint'
  | 'pass-ink'
  | 'fail'
  | 'fail-on'
  | 'fail-sym'
  | 'fail-x'
  | 'need'
  | 'need-on'
  | 'need-edge'
  | 'work'
  | 'practice'
  | 'practice-tint';

export const TOKENS: Readonly<Record<'light' | 'dark', Readonly<Record<Token, string>>>> = {
  light: {
    canvas: '#E4E7EA',
    surface: '#F5F6F7',
    raised: '#FFFFFF',
    sunken: '#D6DBE0',
    line: '#C2C9D0',
    control: '#6E7983',
    bar: '#F5F6F7',
    ink: '#14191F',
    ink2: '#414B55',
    ink3: '#55606A',
    pass: '#0A7355',
    'pass-on': '#FFFFFF',
    'pass-tint': '#D9EDE4',
    'pass-ink': '#07523D',
    fail: '#B8281C',
    'fail-on': '#FFFFFF',
    'fail-sym': '#B8281C',
    'fail-x': '#FFFFFF',
    need: '#F2B233',
    'need-on': '#211600',
    'need-edge': '#7A4E00',
    work: '#1D5A9A',
    practice: '#66399B',
    'practice-tint': '#E9E0F3',
  },
  dark: {
    canvas: '#13171B',
    surface: '#1E242A',
    raised: '#272E35',
    sunken: '#0C0F12',
    line: '#38424B',
    control: '#84909B',
    bar: '#1A1F24',
    ink: '#EEF2F5',
    ink2: '#BAC4CD',
    ink3: '#98A4AF',
    pass: '#45C79D',
    'pass-on': '#06231A',
    'pass-tint': '#16332A',
    'pass-ink': '#8CE0C2',
    fail: '#CE3528',
    'fail-on': '#FFFFFF',
    'fail-sym': '#FF7A6C',
    'fail-x': '#2A0500',
    need: '#F2B233',
    'need-on': '#211600',
    'need-edge': '#F2B233',
    work: '#79B3F0',
    practice: '#BDA2F2',
    'practice-tint': '#2C2440',
  },
};
