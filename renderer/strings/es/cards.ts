// Spanish: buttons of cards, what a refusal knows beside its code, and why a slot is switched off. What a failure says
// comes from the error table.

export const cards = {
  do: {
    'try-again': 'Reintentar',
    'in-bin': 'Está en el cajón',
    'got-it': 'Entendido',
    'look-again': 'Mirar otra vez',
    'switch-off': 'Desactivar ranura',
    'switch-on': 'Activar ranura',
  },
  busy: 'En camino',
  more: 'Otras opciones',
  why: '¿Por qué se desactiva la ranura {{slot}}?',
  off: {
    'worn-pin': 'Contacto gastado',
    'broken-cable': 'Cable roto',
    'bad-contact': 'Mal contacto',
    'low-power': 'Poca tensión',
    'being-repaired': 'En reparación',
    'not-needed': 'No hace falta',
  },
  doneEarlier: '{{date}}, lote {{lot}}',
  doneHere: 'Correcta en la ranura {{slot}}, {{date}} a las {{time}}',
  wrongModel: 'Esta placa dice {{found}}, el lote pide {{wanted}}.',
  wrongRevision: 'Esta placa dice rev. {{found}}, el lote pide rev. {{wanted}}.',
  labelUsed: 'La etiqueta {{found}} es de otra placa. Esta placa es {{wanted}}.',
  labelUnknown: 'Ninguna placa de aquí tiene la etiqueta {{found}}. Esta placa es {{wanted}}.',
  testAgain: 'Probar otra vez',
  unlock: 'Desbloquear',
  passphrase: 'Frase de la clave de firma',
  pin: 'PIN del token de firma',
  tries: {
    few: 'El token cuenta los PIN erróneos y bloquea su PIN tras unos pocos.',
    one: 'Queda un intento antes de que el token bloquee su PIN.',
    locked: 'El token ha bloqueado su PIN.',
  },
  open: 'Abrir',
  toSigning: 'Abrir Firma',
} as const;
