// Spanish: recipes and the cloud, in Settings.

export const recipes = {
  add: 'Traer una receta',
  path: 'Archivo de receta en este ordenador',
  hint: 'Su ruta completa. La imagen que nombra la receta está a su lado; la estación lee y comprueba ambas, y guarda una copia.',
  read: 'Leer y comprobar',
  none: 'Aquí aún no hay recetas.',
  noneOthers: 'Aquí aún no hay recetas. Las trae el responsable de seguridad.',
  added: '{{name}} {{version}} está aquí. Los lotes la pueden usar.',
  known: '{{name}} {{version}} ya estaba aquí. Nada ha cambiado.',
  name: '{{name}} {{version}}',
  here: 'Imagen aquí, comprobada',
  away: 'La imagen no está aquí',
  check: 'Comprobar otra vez',
  checked_one: 'Receta e imagen son lo que dicen: {{count, number}} KB leído.',
  checked_other: 'Receta e imagen son lo que dicen: {{count, number}} KB leídos.',
  checked_many: 'Receta e imagen son lo que dicen: {{count, number}} de KB leídos.',
  firmware: 'Firmware',
  keys: 'Claves: {{terms}}',
  lots: 'Lotes que la usan',
  lotCount: '{{count, number}}',
  unused: 'Aún ninguno',
  newest: 'Últimos {{lots, list}}',
  sha: 'SHA-256 de la receta',
} as const;

export const cloud = {
  none: 'Sin inscribir en un servicio de seguridad',
  noneMore:
    'Las placas se hacen igual, y esperan aquí. Quien lleva el servicio da un token; en este ordenador lo toma keyline station enrol.',
  service: 'Servicio de seguridad de esta estación',
  practice: 'Servicio de práctica: nada sale de este ordenador',
  test: 'Probar',
  testing: 'En camino',
  tested_one: 'Respondió en {{ms, number}} ms, y tiene {{count, number}} equipo de esta estación.',
  tested_other: 'Respondió en {{ms, number}} ms, y tiene {{count, number}} equipos de esta estación.',
  tested_many: 'Respondió en {{ms, number}} ms, y tiene {{count, number}} de equipos de esta estación.',
  word: { answers: 'Responde', silent: 'Sin respuesta', locked: 'Clave bloqueada', unasked: 'Aún sin preguntar' },
  daysLeft: 'Inscripción, días restantes',
  known: 'Allí se llama',
  since: 'Desde {{date}} · certificado {{tail}}',
  believes: 'Solo cree a {{name}}',
  keyLocked:
    'La clave propia de esta estación espera su frase de paso. Hasta que se abre, no se envía nada. Se abre en Firma.',
  lastGood: 'Último intento {{time}}: todo fue bien.',
  lastBad: 'Último intento {{time}}. {{why}}',
  renewal: {
    due: 'La inscripción termina pronto. Un token nuevo de quien lleva el servicio la renueva: keyline station enrol.',
    ended:
      'La inscripción ha terminado. Las placas esperan aquí hasta que un token nuevo la renueva: keyline station enrol.',
  },
} as const;
