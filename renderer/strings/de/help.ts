// German: Help, the written text of each screen. Each topic is a list of sections, shown in this order.

export const help = {
  help: {
    title: 'Hilfe',
    topics: 'Themen',
    back: 'Zurück',
    topic: {
      line: 'Linie',
      lots: 'Lose',
      'set-up': 'Neues Los',
      devices: 'Geräte',
      sync: 'Abgleich und Prüfpfad',
      settings: 'Setup',
      'sign-in': 'Anmelden',
      'first-run': 'Erster Start',
      signs: 'Farben und Formen',
      keys: 'Tasten',
      scanner: 'Scanner',
    },
    text: {
      line: {
        work: {
          title: 'Platinen fertigen',
          text: 'Platine einlegen: Ihr Platz startet von selbst. Entnehmen, wenn die Kachel grün ist. Grün heißt: Die Identität wurde live geprüft, die Sperre zurückgelesen, die Aufzeichnung ist auf der Platte.',
        },
        locking: {
          title: 'Nicht entnehmen',
          text: 'Solange eine Kachel das Schloss zeigt, die Platine stecken lassen. War sie doch weg, dieselbe Platine wieder einlegen: Sie macht weiter, wo sie war.',
        },
        queue: {
          title: 'Platinen, die Sie brauchen',
          text: 'Rote und gelbe Kacheln rufen jemanden. Die Liste neben den Plätzen sagt für jede Platine, was geschah und was zu tun ist. Die dringendste steht oben. F10 führt zur nächsten.',
        },
        card: {
          title: 'Eine Karte hat eine Taste',
          text: 'Tun, was der Satz sagt, dann die Taste drücken. Seltenes steht hinter den drei Punkten. Eine Karte ohne Taste wartet auf die Platine.',
        },
        out: {
          title: 'Entnehmen und nachlegen',
          text: 'Fertige Plätze stehen unter den Karten. Diese Platinen entnehmen und die nächsten einlegen.',
        },
        slot: {
          title: 'Einen Platz ansehen',
          text: 'Eine Kachel antippen: Seriennummer, Schritte und Tasten öffnen sich neben den Plätzen. Esc schließt sie. F4 zeigt alle Plätze als Liste.',
        },
        label: {
          title: 'Etiketten',
          text: 'Das Etikett auf seine Platine kleben, den Platz scannen, dann das Etikett. Gehört es zu einer anderen Platine, sagt es eine Karte. Ohne Drucker bestehen Platinen trotzdem, und ihre Etiketten warten.',
        },
        pause: {
          title: 'Anhalten',
          text: '„Linie anhalten“ nimmt keine neuen Platinen. Platinen in Arbeit werden fertig. „Weiter“ nimmt wieder Platinen.',
        },
        held: {
          title: 'Das Los ist angehalten',
          text: 'Derselbe Fehler kam mehrmals in Folge. Den Grund finden, bevor das Los weiterläuft. Die Aufsicht lässt es weiterlaufen.',
        },
        stopped: {
          title: 'Die Linie steht',
          text: 'Etwas neben den Platinen ist im Weg: Signierschlüssel, Speicher, Uhr oder Anschlüsse. Die erste Karte sagt, was. Platinen in ihren Plätzen sind sicher.',
        },
        offline: {
          title: 'Offline',
          text: 'Die Linie braucht kein Netz. Anmeldungen warten auf dieser Station und gehen hinaus, wenn die Cloud wieder da ist. Oben steht, wie viele warten.',
        },
        gone: {
          title: 'Die Station antwortet nicht',
          text: 'Sie startet von selbst neu. Platinen stecken lassen: Jede macht ab ihrem letzten aufgezeichneten Schritt weiter.',
        },
        power: {
          title: 'Nach einem Stromausfall',
          text: 'Computer starten, Platinen stecken lassen. Was grün war, ist aufgezeichnet. Platinen in Arbeit machen weiter.',
        },
      },
      lots: {
        what: {
          title: 'Was ein Los ist',
          text: 'Ein Auftrag: wie viele Platinen, welches Rezept, welche Seriennummern. Platinen bleiben unberührt, bis an diesem Platz ein Los offen ist.',
        },
        open: {
          title: 'Ein Los öffnen',
          text: 'Den Auftrag auf der Linie scannen oder das Los in der Liste antippen. Nur ein Los ist jeweils offen.',
        },
        hold: {
          title: 'Anhalten und weiter',
          text: 'Ein angehaltenes Los nimmt keine neuen Platinen. Platinen in Arbeit werden fertig, nichts geht verloren.',
        },
        page: {
          title: 'Die Seite eines Loses',
          text: 'Eine Zeile der Liste antippen. Die Zahlen oben ergeben zusammen die Menge: Jede Platine zählt einmal, nach ihrem letzten Versuch. „Tabelle“ neben einem Diagramm zeigt seine Zahlen. Esc führt zurück.',
        },
        explain: {
          title: 'Warum langsam, warum Fehler?',
          text: 'Der Befund unter den Schritten sagt, welcher vom vorigen Los abweicht. Plätze neben einer Ursache machen das meiste davon aus: Zuerst ihre Stifte ansehen.',
        },
        close: {
          title: 'Ein Los schließen',
          text: 'Die Aufsicht schließt ein Los, wenn die letzten Platinen entnommen sind, mit der PIN noch einmal. Die Liste sagt, was dann offen ist. Geschlossen bleibt geschlossen.',
        },
        report: {
          title: 'Der signierte Bericht',
          text: 'Das Schließen schreibt Bericht, Tabelle, PDF und Signatur in den Berichtsordner der Station. Niemand kann sie unbemerkt ändern: keyline report verify prüft sie. Ein Bericht bis jetzt ist nicht signiert.',
        },
        who: {
          title: 'Wer das darf',
          text: 'Technik öffnet ein freigegebenes Los. Die Aufsicht legt Lose an, lässt angehaltene weiterlaufen und schließt sie.',
        },
      },
      devices: {
        find: {
          title: 'Eine Platine finden',
          text: 'Jede Platine dieser Station hat eine Aufzeichnung. Sie scannen oder den Anfang von Seriennummer oder Hardware-ID eintippen. Strg+K führt von überall hierher. Ein Los oder ein Tag macht die Liste kürzer.',
        },
        record: {
          title: 'Eine Aufzeichnung lesen',
          text: 'Wer die Platine ist, wohin ihre Zeit ging, was mit ihr geschah und wo ihre Aufzeichnung liegt. Das Siegel sagt, ob die Aufzeichnung noch so dasteht, wie sie geschrieben wurde: Die Station rechnet das jedes Mal neu aus.',
        },
        check: {
          title: 'Identität jetzt prüfen',
          text: 'Die Platine signiert auf einem beliebigen Platz eine neue Zufallszahl. Die Station vergleicht die Signatur mit der Aufzeichnung. Keine Arbeit wird begonnen, keine gestört. Eine Platine, die nicht steckt, wird gefragt, wenn sie kommt.',
        },
        rework: {
          title: 'Nacharbeit',
          text: 'Vor ihrer Sperre lässt sich eine Platine noch einmal machen: Was sie hat, wird ungültig, ihre Seriennummer bleibt, und beim Einlegen bekommt sie einen neuen Schlüssel. Eine gesperrte Identität ändert sich nie.',
        },
        scrap: {
          title: 'Aussondern und widerrufen',
          text: 'Eine ausgesonderte Platine nimmt kein Platz mehr. Ihre gültige Identität bleibt gültig, bis Sicherheits\u00ADbeauftragte sie widerrufen und weitere das mit ihrer eigenen PIN bestätigen.',
        },
      },
      sync: {
        sum: {
          title: 'Nichts geht verloren',
          text: 'Hier gefertigt ist zusammen, was in der Cloud ist, was hier wartet und was abgelehnt wurde. Stimmt das einmal nicht, sagt es die Seite: Anhalten und Sicherheit rufen.',
        },
        offline: {
          title: 'Offline',
          text: 'Weiterarbeiten. Was gefertigt wird, ist hier gespeichert und geht von selbst hinaus. „Jetzt versuchen“ fragt die Cloud sofort. Ganz ohne Netz per Datei übertragen: Wartendes auf einen Stick schreiben und die Quittung lesen, die zurückkommt.',
        },
        refused: {
          title: 'Von der Cloud abgelehnt',
          text: 'Jede hat eine Taste, und die hinter ihr warten nicht. „Vergleichen“ zeigt die Platine auf allen Seiten. Ein Los bleibt offen, bis seine Konflikte entschieden sind.',
        },
        reconcile: {
          title: 'Gegenüberstellen',
          text: 'Station und Cloud nebeneinander, in drei Listen: nur hier, nur in der Cloud, verschieden. Sicherheits\u00ADbeauftragte entscheiden Zeile für Zeile.',
        },
        copies: {
          title: 'Kopien',
          text: 'Eine Kopie zählt, wenn sie zurückgelesen ist und auf anderem Speicher liegt. Die Aufsicht setzt diesen Ordner; jetzt kopieren dürfen alle.',
        },
        journal: {
          title: 'Prüfpfad',
          text: 'Wer was getan hat, Neuestes zuerst. Eine Platine nach Seriennummer, eine Person nach Namen, ein Los finden. „Unversehrt“ heißt, dass die ganze Kette gerade geprüft wurde. Sicherheits\u00ADbeauftragte exportieren ihn, von dieser Station signiert.',
        },
      },
      'set-up': {
        draft: {
          title: 'Der Entwurf speichert sich',
          text: 'Die Seite lässt sich jederzeit verlassen. Was ausgefüllt ist, steht beim Zurückkommen da.',
        },
        serials: {
          title: 'Seriennummern',
          text: 'Die erste und die letzte eingeben. Das Bild zeigt den Bereich neben denen früherer Lose. Keine Nummer wird zweimal vergeben.',
        },
        spare: {
          title: 'Ausschuss erlaubt',
          text: 'Identitäten über die Menge hinaus, für verlorene Platinen. Sind sie verbraucht, verlangt die Linie ein neues Los.',
        },
        stop: {
          title: 'Linie anhalten nach',
          text: 'Nach so vielen gleichen Fehlern in Folge wird das Los angehalten, damit ein verschlissener Stift nicht hundert Platinen verdirbt.',
        },
        ready: {
          title: 'Bereit zur Freigabe?',
          text: 'Eine Scheibe ist gut. Ein Dreieck kann warten. Ein Achteck muss zuerst behoben werden und sagt, wie. Dann das Los freigeben.',
        },
      },
      settings: {
        who: {
          title: 'Wer das sieht',
          text: 'Aufsicht und Sicherheits\u00ADbeauftragte. Schlüssel einer CA gehören den Sicherheits\u00ADbeauftragten: Nur sie öffnen, prüfen und ändern sie.',
        },
        signing: {
          title: 'Signieren',
          text: 'Eine Karte je CA: ihre Kette, wie lange sie gilt, wie viele Signaturen übrig sind. Das dunkle Feld signiert die Platinen.',
        },
        unlock: {
          title: 'Entsperren',
          text: 'Ein Schlüssel in einer Datei wartet auf seine Passphrase, einer im HSM auf die PIN seines Tokens. Beide gehen an die Station und bleiben nirgends. Eine PIN wird je Eingabe einmal versucht.',
        },
        test: {
          title: 'Signieren prüfen',
          text: 'Die CA signiert einen zufälligen Text, der kein Zertifikat ist, und die Station prüft ihn. Die Antwort sagt, wie lange es dauerte.',
        },
        change: {
          title: 'Aktiv machen',
          text: 'Eine CA in Reserve übernimmt. Platinen, die unter der vorigen aufgezeichnet sind, werden unter ihr fertig.',
        },
        labels: {
          title: 'Etiketten',
          text: 'Welche Größe, und wo der Drucker ist. Ein Etikett wird gedruckt, wenn seine Platine besteht, nie vorher. Zuerst ein Testetikett drucken. Befehlskarte, Platzschilder und Laufkarte kommen auf normales Papier.',
        },
        ports: {
          title: 'Anschlüsse und Plätze',
          text: 'Wo die Platinen stecken und mit wie vielen Plätzen ein Los startet. Ein Los auf der Linie behält seine.',
        },
        teach: {
          title: 'Plätze anlernen',
          text: 'Sagen, wie die Adapter stehen, dann eine Platine in einen Platz nach dem anderen einlegen, wie der Bildschirm es verlangt. Jeder Anschluss ist dann fest an seinen Platz gebunden, welche Nummer der Computer ihm auch gibt. Auslassen lässt einen Platz ohne Anschluss, „Zurück“ fragt nach dem vorigen. Bis die Zuordnung genommen wird, gilt die alte.',
        },
        unknown: {
          title: 'Fremder Anschluss',
          text: 'Eine Platine steckt an einem Anschluss, der kein Platz eines angelernten Arbeitsplatzes ist. Sie bleibt unberührt. Entnehmen oder die Plätze neu anlernen.',
        },
        cloud: {
          title: 'Cloud-Dienst',
          text: 'Der Sicherheits\u00ADdienst, wie lange diese Station dort verbunden ist und was aus dem letzten Versuch wurde. „Prüfen“ fragt den Dienst und sendet nichts.',
        },
        recipes: {
          title: 'Rezepte',
          text: 'Sicherheits\u00ADbeauftragte holen ein Rezept mit dem Pfad seiner Datei herein; das Image liegt daneben. Die Station prüft beide, wie ein Los es täte, und sagt, was nicht passt.',
        },
        people: {
          title: 'Personen',
          text: 'Sicherheits\u00ADbeauftragte legen Personen an, geben ihnen Rolle, Ausweis oder neue PIN und löschen sie. Wer gelöscht ist, hat in keiner Aufzeichnung dieser Station mehr einen Namen; was die Person getan hat, bleibt. Die letzte für Sicherheit beauftragte Person kann nicht gehen.',
        },
        trace: {
          title: 'Live-Mitschnitt',
          text: 'Was über das Kabel eines Platzes geht, mit seiner Bedeutung. „Einfrieren“ hält die Seite an, der Platz läuft weiter. „Speichern“ schreibt alles, was von dem Platz da ist. Schlüssel, Nonces und Firmware werden nie gezeigt.',
        },
        heat: {
          title: 'Ein Platz mit mehr Fehlern',
          text: 'Ein verschlissener Stift sieht aus wie schlechte Platinen. Ein Platz, der auffällt, wird genannt: Stifte und Kabel ansehen oder ihn abschalten.',
        },
        support: {
          title: 'Datei für den Support',
          text: 'Prüfungen, Zahlen, letzte Fehler und das Ende des Protokolls in einer Datei, ohne Schlüssel, Ausweise und Namen.',
        },
      },
      'sign-in': {
        badge: {
          title: 'Ausweis scannen',
          text: 'Ein Scan meldet Technik an, auf jeder Seite. Aufsicht und Sicherheits\u00ADbeauftragte geben danach ihre PIN ein. Ein anderer Ausweis meldet Sie ab und dessen Person an.',
        },
        pin: {
          title: 'Ohne Ausweis',
          text: 'Den Namen wählen, dann die PIN antippen, eintippen oder einfügen. Nach fünf falschen 1 Minute warten oder einen Ausweis scannen.',
        },
        out: {
          title: 'Abmelden',
          text: 'Strg+L drücken (am Bildschirm: Ctrl+L) oder das Menü hinter Ihrem Namen nehmen. Nach 15 Minuten ohne Berührung fragt der Bildschirm, ob Sie da sind. Die Linie läuft weiter, Ergebnisse stehen unter der Person, die sie gestartet hat.',
        },
        prefer: {
          title: 'Sprache, Helligkeit, Ton',
          text: 'Sie stehen im Menü hinter Ihrem Namen und folgen Ihnen an jeden Platz dieser Station.',
        },
        unknown: {
          title: 'Ihr Ausweis ist unbekannt',
          text: 'Sicherheits\u00ADbeauftragte bitten, Sie anzulegen.',
        },
      },
      'first-run': {
        steps: {
          title: 'Sieben Schritte',
          text: 'Einen Schritt antippen, um ihn zu öffnen. Jeder außer „Personen“ lässt sich auslassen. Zurückgehen vergisst nichts.',
        },
        screen: {
          title: 'Bildgröße',
          text: 'Den Umriss so groß machen wie einen Ausweis. Auf einem Bildschirm mit kleinen Pixeln wird dann alles größer, damit ein Finger im Handschuh seine Taste findet.',
        },
        scanner: {
          title: 'Scanner',
          text: 'Zwei Scans zeigen, dass er schnell genug ist und mit Enter endet. Kommt nichts, ihn auf Tastaturmodus stellen, US-Belegung, Enter nach jedem Code.',
        },
        people: {
          title: 'Personen',
          text: 'Die erste ist für Sicherheit beauftragt. Namen und PINs werden erst geschrieben, wenn die echte Station öffnet, und vorher nirgends.',
        },
        practice: {
          title: 'Übung',
          text: 'Alles unter dem violetten Band ist Übung: Übungsplatinen, Testschlüssel, Testzertifikate. Die Aufzeichnungen bleiben getrennt und werden nie gesendet.',
        },
        faults: {
          title: 'Etwas schiefgehen lassen',
          text: 'Eine Platine herausziehen, das falsche Modell einlegen, eine Platine zweimal nehmen, das Netz trennen. Dann die Karte lesen und tun, was sie sagt.',
        },
        real: {
          title: 'Zur echten Linie',
          text: 'Die Station wird mit Ihren Angaben angelegt, und ihr Fenster öffnet. Dort melden sich die Sicherheits\u00ADbeauftragten an.',
        },
      },
      signs: {
        three: {
          title: 'Farbe, Form und Wort',
          text: 'Jeder Zustand hat alle drei. Wenn Farben schwer zu unterscheiden sind, auf die Form achten.',
        },
        grey: {
          title: 'Grau ist ruhig',
          text: 'Nur Platinen, die jemanden rufen, füllen ihre Kachel mit Farbe. Offline ist grau: Es ist kein Alarm.',
        },
      },
      keys: {
        letters: {
          title: 'Buchstaben und Ziffern',
          text: 'Allein tun sie nichts: Ein Scanner tippt sie. So startet keine versehentlich gedrückte Taste etwas.',
        },
        release: {
          title: 'Beim Loslassen',
          text: 'Funktionstasten wirken, wenn sie losgelassen werden.',
        },
      },
      scanner: {
        anywhere: {
          title: 'Überall scannen',
          text: 'Kein Feld braucht den Fokus. Was ein Code bedeutet, entscheidet sein Anfang. Was aus dem letzten Scan wurde, steht in der Leiste unten.',
        },
        gloves: {
          title: 'Mit Handschuhen',
          text: 'Einen Platz scannen, dann einen Befehl: Der Platz führt ihn aus. NEXT führt zur nächsten Platine, die Sie braucht.',
        },
        refused: {
          title: 'Ein Code, der nicht passt',
          text: 'Er wird abgelehnt und gezeigt, und nichts geschieht. Den richtigen scannen.',
        },
        silent: {
          title: 'Nach einem Scan erscheint nichts',
          text: 'Den Scanner auf Tastaturmodus stellen, US-Belegung, Enter nach jedem Code, keine Pause zwischen Tasten.',
        },
      },
    },
    signs: {
      empty: 'Platine einlegen',
      looking: 'Etwas steckt und hat noch nicht gesagt, was es ist',
      work: 'In Arbeit. Die Zahl ist der Schritt',
      lock: 'Wird gesperrt. Nicht entnehmen',
      pass: 'Bestanden und aufgezeichnet. Entnehmen',
      fail: 'Nicht bestanden. Karte lesen, eines tun',
      need: 'Braucht Sie. Karte lesen',
      held: 'Wartet, bis die Linie weiterläuft',
      off: 'Abgeschaltet',
    },
    keyMap: {
      f1: { key: 'F1', does: 'Hilfe zu dieser Seite' },
      f2: { key: 'F2', does: 'Linie' },
      f3: { key: 'F3', does: 'Lose' },
      f4: { key: 'F4', does: 'Platzliste, Platzkacheln' },
      f6: { key: 'F6', does: 'Geräte' },
      f8: { key: 'F8', does: 'Setup' },
      f9: { key: 'F9', does: 'Anhalten, weiter' },
      f10: { key: 'F10', does: 'Nächste Platine, die Sie braucht' },
      arrows: { key: 'Pfeile, Pos1, Ende', does: 'Zwischen Plätzen wechseln' },
      enter: { key: 'Enter', does: 'Die Taste der Karte des Platzes, sonst sein Detail' },
      space: { key: 'Leertaste', does: 'Das Detail des Platzes' },
      esc: { key: 'Esc', does: 'Zurück, schließen. Nichts geht verloren' },
      tab: { key: 'Tab', does: 'Karten, Plätze, Leisten' },
      print: { key: 'Strg+P', does: 'Etikett des Platzes drucken, oder alle wartenden' },
      find: { key: 'Strg+K', does: 'Eine Platine finden' },
      out: { key: 'Strg+L', does: 'Abmelden. Die Linie läuft weiter' },
    },
    codes: {
      badge: 'Ein Ausweis: meldet an, die Aufsicht mit ihrer PIN',
      slot: 'Ein Platz: Der nächste Befehl gilt für ihn',
      command: 'Ein Befehl der Befehlskarte',
      board: 'Eine Platine: führt zu ihrem Platz',
      order: 'Ein Auftrag, wie er daraufsteht: öffnet sein Los',
    },
    commands: {
      'TRY-AGAIN': 'Nochmals',
      'IN-THE-BIN': 'Die Platine liegt im Behälter',
      NEXT: 'Die nächste Platine, die Sie braucht',
      PAUSE: 'Anhalten, weiter',
    },
  },
} as const;
