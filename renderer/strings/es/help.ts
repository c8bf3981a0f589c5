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
        close: {
          title: 'Cerrar un lote',
          text: 'Un supervisor cierra un lote cuando ha retirado las últimas placas. Un lote cerrado queda cerrado.',
        },
        who: {
          title: 'Quién puede hacerlo',
          text: 'Un técnico abre un lote liberado. Un supervisor prepara lotes, deja seguir los retenidos y los cierra.',
        },
      },
      devices: {
        find: {
          title: 'Buscar una placa',
          text: 'Cada placa de esta estación tiene un registro. Escanéela, o escriba su serie.',
        },
      },
      sync: {
        sum: {
          title: 'Nada se pierde',
          text: 'Lo hecho aquí es la suma de lo que está en la nube, lo que espera aquí y lo rechazado.',
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
        ports: {
          title: 'Puertos y ranuras',
          text: 'Dónde se conectan las placas y con cuántas ranuras empieza un lote. Un lote en la línea conserva las suyas.',
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
      f8: { key: 'F8', does: 'Ajustes' },
      f9: { key: 'F9', does: 'Pausar, seguir' },
      f10: { key: 'F10', does: 'Siguiente placa que le necesita' },
      arrows: { key: 'Flechas, Inicio, Fin', does: 'Moverse entre ranuras' },
      enter: { key: 'Intro', does: 'El botón de la ficha de la ranura, o su detalle' },
      space: { key: 'Espacio', does: 'El detalle de la ranura' },
      esc: { key: 'Esc', does: 'Atrás, cerrar. Nada se pierde' },
      tab: { key: 'Tab', does: 'Fichas, ranuras, barras' },
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
