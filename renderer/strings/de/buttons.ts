// German: words on the buttons of cards, by the English ones of the error table.
import type { ButtonWords } from '../error-words.ts';

export const buttons: ButtonWords = {
  'Try again': 'Nochmals',
  'It is in the bin': 'Liegt im Behälter',
  'Got it': 'Verstanden',
  Called: 'Gerufen',
  'Test again': 'Neu prüfen',
  Call: 'Rufen',
  'Print again': 'Neu drucken',
  'Print waiting labels': 'Wartende drucken',
  'Look again': 'Neu nachsehen',
  'Switch slot off': 'Platz abschalten',
  'Show how': 'Zeigen, wie',
  Unlock: 'Entsperren',
  'Copy now': 'Jetzt kopieren',
};
