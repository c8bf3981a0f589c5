// Spanish: Help, the written text of each screen. Each topic is a list of sections, shown in this order.

export const help = {
  help: {
    title: 'Ayuda',
    topics: 'Temas',
    back: 'Atrás',
    topic: {
      line: 'Línea',
      lots: 'Lotes',
      'set-up': 'Lote nuevo',
      devices: 'Equipos',
      sync: 'Envíos y auditoría',
      settings: 'Ajustes',
      'sign-in': 'Entrar',
      'first-run': 'Primer arranque',
      signs: 'Colores y formas',
      keys: 'Teclas',
      scanner: 'Escáner',
    },
    text: {
      line: {
        work: {
          title: 'Trabajar con placas',
          text: 'Inserte una placa: su ranura empieza sola. Retírela cuando su casilla esté verde. Verde significa que la identidad se comprobó en vivo, el bloqueo se leyó y el registro está en el disco.',
        },
        locking: {
          title: 'No retirar',
          text: 'Mientras una casilla muestra el candado, deje la placa dentro. Si salió, inserte la misma placa: sigue donde estaba.',
        },
        queue: {
          title: 'Placas que le necesitan',
          text: 'Las casillas rojas y ámbar llaman a una persona. La lista junto a las ranuras dice qué pasó y qué hacer con cada placa. La más urgente va primero. F10 lleva a la siguiente.',
        },
        card: {
          title: 'Una ficha tiene un botón',
          text: 'Haga lo que dice la frase y pulse el botón. Lo menos usado está tras los tres puntos. Una ficha sin botón espera a la placa.',
        },
        out: {
          title: 'Retirar y reponer',
          text: 'Las ranuras terminadas están bajo las fichas. Retire esas placas y ponga las siguientes.',
        },
        slot: {
          title: 'Mirar una ranura',
          text: 'Toque una casilla: su serie, sus etapas y sus botones se abren junto a las ranuras. Esc los cierra. F4 muestra todas las ranuras en lista.',
        },
        label: {
          title: 'Etiquetas',
          text: 'Pegue la etiqueta en su placa, escanee la ranura y luego la etiqueta. Si es de otra placa, una ficha lo dice. Sin impresora las placas salen correctas igual, y sus etiquetas esperan.',
        },
        pause: {
          title: 'Pausa',
          text: '«Pausar línea» no toma placas nuevas. Las placas en curso terminan. «Seguir» vuelve a tomar placas.',
        },
        held: {
          title: 'El lote está retenido',
          text: 'El mismo fallo salió varias veces seguidas. Averigüe por qué antes de seguir. Un supervisor lo deja seguir.',
        },
        stopped: {
          title: 'La línea se ha parado',
          text: 'Algo ajeno a las placas estorba: la clave de firma, el disco, el reloj, los puertos. La primera ficha dice qué. Las placas en sus ranuras están a salvo.',
        },
        offline: {
          title: 'Sin red',
          text: 'La línea no necesita red. Las altas esperan en esta estación y se envían cuando vuelve la nube. Arriba se ve cuántas esperan.',
        },
        gone: {
          title: 'La estación no responde',
          text: 'Vuelve a arrancar sola. Deje las placas dentro: cada una sigue desde su última etapa registrada.',
        },
        power: {
          title: 'Tras un corte de luz',
          text: 'Encienda el ordenador y deje las placas dentro. Lo que estaba verde está registrado. Las placas en curso siguen.',
        },
      },
      lots: {
        what: {
          title: 'Qué es un lote',
          text: 'Una orden de trabajo: cuántas placas, qué receta, qué números de serie. Las placas no se tocan hasta que hay un lote abierto en este puesto.',
        },
        open: {
          title: 'Abrir un lote',
          text: 'Escanee su orden en Línea, o tóquelo en la lista. Solo un lote está abierto cada vez.',
        },
        hold: {
          title: 'Retener y seguir',
          text: 'Un lote retenido no toma placas nuevas. Las placas en curso terminan y nada se pierde.',
        },
        page: {
          title: 'La página de un lote',
          text: 'Toque una fila de la lista. Las cuentas de arriba suman la cantidad: cada placa está en un solo sitio, por su último intento. «Tabla» junto a un gráfico muestra sus cifras. Esc lleva atrás.',
        },
        explain: {
          title: '¿Por qué va lento, por qué fallan placas?',
          text: 'La frase bajo las etapas dice cuál difiere del lote anterior. Las ranuras junto a una causa hacen la mayor parte: mire antes sus contactos.',
        },
        close: {
          title: 'Cerrar un lote',
          text: 'Un supervisor cierra un lote cuando ya salieron sus últimas placas, con su PIN otra vez. La lista dice qué queda abierto. Un lote cerrado queda cerrado.',
        },
        report: {
          title: 'El informe firmado',
          text: 'Al cerrar se escriben informe, tabla, PDF y firma en la carpeta de informes de la estación. Nadie los puede cambiar sin que se vea: keyline report verify los comprueba. Un informe hasta ahora no está firmado.',
        },
        who: {
          title: 'Quién puede hacerlo',
          text: 'Un técnico abre un lote liberado. Un supervisor prepara lotes, deja seguir los retenidos y los cierra.',
        },
      },
      devices: {
        find: {
          title: 'Buscar una placa',
          text: 'Cada placa de esta estación tiene un registro. Escanéela, o escriba el comienzo de su serie o de su id. de hardware. Ctrl+K lleva aquí desde cualquier sitio. Un lote o un día acorta la lista.',
        },
        record: {
          title: 'Leer un registro',
          text: 'Quién es la placa, en qué se fue su tiempo, qué le pasó y dónde está su registro. El sello dice si el registro sigue como se escribió: la estación lo calcula de nuevo cada vez.',
        },
        check: {
          title: 'Comprobar identidad ahora',
          text: 'La placa, en cualquier ranura, firma un número al azar nuevo. La estación compara lo que firmó con el registro. No se empieza ningún trabajo ni se estorba a ninguno. A una placa que no está en una ranura se le pregunta cuando llega.',
        },
        rework: {
          title: 'Retrabajo',
          text: 'Antes de su bloqueo una placa se puede hacer otra vez: lo que tiene queda anulado, su serie sigue y recibe una clave nueva al insertarla. Una identidad bloqueada nunca cambia.',
        },
        scrap: {
          title: 'Desechar y revocar',
          text: 'Ninguna ranura toma ya una placa desechada. Su identidad en vigor sigue así hasta que un responsable de seguridad la revoca y otro lo confirma con su propio PIN.',
        },
      },
      sync: {
        sum: {
          title: 'Nada se pierde',
          text: 'Lo hecho aquí es la suma de lo que está en la nube, lo que espera aquí y lo rechazado. Si alguna vez no lo es, la página lo dice: pare y avise a seguridad.',
        },
        offline: {
          title: 'Sin red',
          text: 'Siga trabajando. Lo que se hace se guarda aquí y sale solo. «Probar ahora» pregunta a la nube al momento. Sin ninguna red, llévelo en archivo: escriba lo que espera en una memoria USB y lea el recibo que vuelve.',
        },
        refused: {
          title: 'Rechazadas por la nube',
          text: 'Cada una tiene un botón, y las que van detrás no esperan. «Comparar» muestra la placa en todos los lados. Un lote sigue abierto hasta que sus conflictos se decidan.',
        },
        reconcile: {
          title: 'Cotejar',
          text: 'Estación y nube lado a lado, en tres listas: solo aquí, solo en la nube, distintos. Un responsable de seguridad decide fila a fila.',
        },
        copies: {
          title: 'Copias',
          text: 'Una copia cuenta cuando se ha releído y está en otro disco. Un supervisor pone esa carpeta; cualquiera copia ahora.',
        },
        journal: {
          title: 'Diario de auditoría',
          text: 'Quién hizo qué, lo más nuevo primero. Busque una placa por su serie, una persona por su nombre, un lote. «Íntegro» significa que se acaba de recorrer toda la cadena. Un responsable de seguridad lo exporta, firmado por esta estación.',
        },
      },
      'set-up': {
        draft: {
          title: 'El borrador se guarda solo',
          text: 'Deje esta página cuando quiera. Lo escrito sigue ahí cuando vuelve.',
        },
        serials: {
          title: 'Números de serie',
          text: 'Escriba el primero y el último. La imagen muestra el rango junto a los ya usados por otros lotes. Una serie nunca se da dos veces.',
        },
        spare: {
          title: 'Merma permitida',
          text: 'Identidades además de la cantidad, para placas perdidas. Cuando se acaban, la línea pide un lote nuevo.',
        },
        stop: {
          title: 'Parar la línea tras',
          text: 'Tras tantos fallos iguales seguidos, el lote se retiene, para que un contacto gastado no estropee cien placas.',
        },
        ready: {
          title: '¿Listo para liberar?',
          text: 'Un disco está bien. Un triángulo puede esperar. Un octógono se arregla antes, y dice cómo. Luego libere el lote.',
        },
      },
      settings: {
        who: {
          title: 'Quién ve esto',
          text: 'Supervisores y responsables de seguridad. Las claves de una CA son del responsable: solo él las abre, prueba y cambia.',
        },
        signing: {
          title: 'Firma',
          text: 'Una ficha por CA: su cadena, cuánto dura, cuántas firmas quedan. El recuadro oscuro firma las placas.',
        },
        unlock: {
          title: 'Desbloquear',
          text: 'Una clave en archivo espera su frase de paso; una en un HSM, el PIN de su token. Ambos van a la estación y no se guardan. Un PIN se prueba una vez cada vez que lo da.',
        },
        test: {
          title: 'Probar la firma',
          text: 'La CA firma un texto al azar, que no es un certificado, y la estación lo comprueba. La respuesta dice cuánto tardó.',
        },
        change: {
          title: 'Activar',
          text: 'Una CA en reserva toma el relevo. Las placas registradas con la anterior terminan con ella.',
        },
        labels: {
          title: 'Etiquetas',
          text: 'Qué tamaño, y dónde está la impresora. Una etiqueta se imprime cuando su placa sale correcta, nunca antes. Imprima antes una de prueba. La hoja de órdenes, las etiquetas de ranuras y la hoja de ruta salen en papel normal.',
        },
        ports: {
          title: 'Puertos y ranuras',
          text: 'Dónde se conectan las placas y con cuántas ranuras empieza un lote. Un lote en la línea conserva las suyas.',
        },
        teach: {
          title: 'Asignar ranuras',
          text: 'Diga cómo están los útiles y ponga una placa en una ranura tras otra, como pide la pantalla. Cada puerto queda unido a su ranura, sea cual sea el número que le da el ordenador. «Saltar» deja una ranura sin puerto, «Atrás» pide la anterior. Hasta que se usa el mapa nuevo, vale el anterior.',
        },
        unknown: {
          title: 'Puerto ajeno',
          text: 'Hay una placa en un puerto que no es ranura de un puesto asignado. No se toca. Retírela, o asigne las ranuras de nuevo.',
        },
        cloud: {
          title: 'Nube',
          text: 'El servicio de seguridad, cuánto tiempo está inscrita en él esta estación y qué salió del último intento. «Probar» pregunta al servicio y no envía nada.',
        },
        recipes: {
          title: 'Recetas',
          text: 'Un responsable de seguridad trae una receta con la ruta de su archivo; la imagen está a su lado. La estación comprueba ambas como lo haría un lote, y dice qué no encaja.',
        },
        people: {
          title: 'Personas',
          text: 'Un responsable de seguridad añade personas, les da una función, una tarjeta o un PIN nuevo, y las borra. Quien se borra ya no tiene nombre en ningún registro de esta estación; lo que hizo queda. El último responsable de seguridad no se puede quitar.',
        },
        trace: {
          title: 'Traza en vivo',
          text: 'Lo que pasa por el cable de una ranura, con su significado. «Congelar» detiene la página, la ranura sigue. «Guardar» escribe todo lo que se conserva de la ranura. Claves, nonces y firmware nunca se muestran.',
        },
        heat: {
          title: 'Una ranura que falla más que otras',
          text: 'Un contacto gastado parece placas malas. Una ranura que destaca se nombra: mire sus contactos y su cable, o desactívela.',
        },
        support: {
          title: 'Archivo para soporte',
          text: 'Comprobaciones, cuentas, últimos fallos y el final del log en un archivo, sin claves, tarjetas ni nombres.',
        },
      },
      'sign-in': {
        badge: {
          title: 'Escanee su tarjeta',
          text: 'Una lectura basta para un técnico, en cada pantalla. Supervisores y responsables de seguridad dan luego su PIN. Otra tarjeta cierra su sesión y abre la de su dueño.',
        },
        pin: {
          title: 'Sin tarjeta',
          text: 'Elija su nombre y dé su PIN con el dedo, el teclado o pegándolo. Tras cinco erróneos espere 1 minuto, o escanee una tarjeta.',
        },
        out: {
          title: 'Salir',
          text: 'Pulse Ctrl+L, o use el menú tras su nombre. Tras 15 minutos sin tocar, la pantalla pregunta si sigue ahí. La línea sigue, y los resultados quedan a nombre de quien los empezó.',
        },
        prefer: {
          title: 'Idioma, clara, oscura, sonido',
          text: 'Están en el menú tras su nombre y le siguen a cada puesto de esta estación.',
        },
        unknown: {
          title: 'Su tarjeta no se conoce',
          text: 'Pida a un responsable que le añada.',
        },
      },
      'first-run': {
        steps: {
          title: 'Siete pasos',
          text: 'Toque un paso para abrirlo. Todos menos las personas se pueden saltar. Volver atrás no olvida nada.',
        },
        screen: {
          title: 'Tamaño de pantalla',
          text: 'Haga el contorno tan grande como una tarjeta. En una pantalla de píxeles pequeños todo se dibuja mayor, para que un dedo con guante encuentre su botón.',
        },
        scanner: {
          title: 'Escáner',
          text: 'Dos lecturas prueban que es bastante rápido y termina con Intro. Si no llega nada, póngalo en modo teclado, distribución US, Intro tras cada código.',
        },
        people: {
          title: 'Personas',
          text: 'La primera es responsable de seguridad. Los nombres y los PIN se escriben en la estación real cuando se abre, y antes en ningún sitio.',
        },
        practice: {
          title: 'Práctica',
          text: 'Todo bajo la banda violeta es práctica: placas simuladas, claves y certificados de prueba. Sus registros quedan aparte y nunca se envían.',
        },
        faults: {
          title: 'Haga que algo falle',
          text: 'Saque una placa, ponga el modelo equivocado, use una placa dos veces, corte la red. Luego lea la ficha y haga lo que dice.',
        },
        real: {
          title: 'Ir a la línea real',
          text: 'La estación se crea con lo que ha puesto, y se abre su ventana. Allí entra el responsable de seguridad.',
        },
      },
      signs: {
        three: {
          title: 'Color, forma y palabra',
          text: 'Cada estado tiene los tres. Si cuesta distinguir los colores, mire la forma.',
        },
        grey: {
          title: 'El gris es calma',
          text: 'Solo las placas que llaman a una persona llenan su casilla de color. Sin red es gris: no es una alarma.',
        },
      },
      keys: {
        letters: {
          title: 'Letras y cifras',
          text: 'Solas no hacen nada: un escáner las escribe. Así ninguna tecla pulsada por accidente empieza nada.',
        },
        release: {
          title: 'Al soltar',
          text: 'Las teclas de función actúan al soltarlas.',
        },
      },
      scanner: {
        anywhere: {
          title: 'Escanee donde sea',
          text: 'No hace falta elegir un campo. El comienzo del código decide qué significa. El resultado de la última lectura está en la barra de abajo.',
        },
        gloves: {
          title: 'Con guantes',
          text: 'Escanee una ranura y luego una orden: la ranura la cumple. NEXT lleva a la siguiente placa que le necesita.',
        },
        refused: {
          title: 'Un código que no encaja',
          text: 'Se rechaza y se muestra, y no pasa nada. Escanee el correcto.',
        },
        silent: {
          title: 'No aparece nada al escanear',
          text: 'Ponga el escáner en modo teclado, distribución US, Intro tras cada código, sin retardo entre teclas.',
        },
      },
    },
    signs: {
      empty: 'Insertar una placa',
      looking: 'Hay algo dentro que aún no ha dicho qué es',
      work: 'En curso. El número es la etapa',
      lock: 'Se está bloqueando. No retirar',
      pass: 'Correcta y registrada. Retirar',
      fail: 'Fallida. Lea la ficha, haga una cosa',
      need: 'Le necesita. Lea la ficha',
      held: 'Espera a que la línea siga',
      off: 'Desactivada',
    },
    keyMap: {
      f1: { key: 'F1', does: 'Ayuda de esta pantalla' },
      f2: { key: 'F2', does: 'Línea' },
      f3: { key: 'F3', does: 'Lotes' },
      f4: { key: 'F4', does: 'Lista de ranuras, casillas' },
      f6: { key: 'F6', does: 'Equipos' },
      f8: { key: 'F8', does: 'Ajustes' },
      f9: { key: 'F9', does: 'Pausar, seguir' },
      f10: { key: 'F10', does: 'Siguiente placa que le necesita' },
      arrows: { key: 'Flechas, Inicio, Fin', does: 'Moverse entre ranuras' },
      enter: { key: 'Intro', does: 'El botón de la ficha de la ranura, o su detalle' },
      space: { key: 'Espacio', does: 'El detalle de la ranura' },
      esc: { key: 'Esc', does: 'Atrás, cerrar. Nada se pierde' },
      tab: { key: 'Tab', does: 'Fichas, ranuras, barras' },
      print: { key: 'Ctrl+P', does: 'Imprimir la etiqueta de la ranura, o todas las pendientes' },
      find: { key: 'Ctrl+K', does: 'Buscar una placa' },
      out: { key: 'Ctrl+L', does: 'Salir. La línea sigue' },
    },
    codes: {
      badge: 'Una tarjeta: abre sesión, los supervisores con su PIN',
      slot: 'Una ranura: la orden siguiente es para ella',
      command: 'Una orden de la hoja de órdenes',
      board: 'Una placa: lleva a su ranura',
      order: 'Una orden de trabajo, tal como está escrita: abre su lote',
    },
    commands: {
      'TRY-AGAIN': 'Reintentar',
      'IN-THE-BIN': 'La placa está en el cajón',
      NEXT: 'La siguiente placa que le necesita',
      PAUSE: 'Pausar, seguir',
    },
  },
} as const;
