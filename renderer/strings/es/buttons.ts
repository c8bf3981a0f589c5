// Spanish: words on the buttons of cards, by the English ones of the error table.
import type { ButtonWords } from '../error-words.ts';

export const buttons: ButtonWords = {
  'Try again': 'Reintentar',
  'It is in the bin': 'Está en el cajón',
  'Got it': 'Entendido',
  Called: 'Avisado',
  'Test again': 'Probar otra vez',
  Call: 'Avisar',
  'Print again': 'Imprimir otra vez',
  'Print waiting labels': 'Imprimir etiquetas pendientes',
  'Look again': 'Mirar otra vez',
  'Switch slot off': 'Desactivar ranura',
  'Show how': 'Ver cómo',
  Unlock: 'Desbloquear',
  'Copy now': 'Copiar ahora',
};
