// English: Help, the written text of each screen. Each topic is a list of sections, shown in this order.

export const help = {
  help: {
    title: 'Help',
    topics: 'Topics',
    back: 'Back',
    topic: {
      line: 'Line',
      lots: 'Lots',
      'set-up': 'New lot',
      devices: 'Devices',
      sync: 'Sync and audit',
      settings: 'Settings',
      'sign-in': 'Sign in',
      'first-run': 'First run',
      signs: 'Colours and shapes',
      keys: 'Keys',
      scanner: 'Scanner',
    },
    text: {
      line: {
        work: {
          title: 'Run boards',
          text: 'Insert a board: its slot starts by itself. Take it out when its tile is green. Green means that the identity was checked live, the lock was read back and the record is on disk.',
        },
        locking: {
          title: 'Do not remove',
          text: 'While a tile shows the padlock, leave the board in. If it left, insert the same board again: it goes on from where it was.',
        },
        queue: {
          title: 'Boards that need you',
          text: 'Red and amber tiles call a person. The list beside the slots says for each board what happened and what to do. The most pressing one is first. F10 leads to the next.',
        },
        card: {
          title: 'A card has one button',
          text: 'Do what the sentence says, then press the button. Rarer choices are behind the three dots. A card without a button waits for the board.',
        },
        out: {
          title: 'Take out and refill',
          text: 'Slots that are done stand below the cards. Take those boards out and put the next ones in.',
        },
        slot: {
          title: 'Look at one slot',
          text: 'Touch a tile: its serial, its stages and its buttons open beside the slots. Esc closes them. F4 shows all slots as a list.',
        },
        label: {
          title: 'Labels',
          text: 'Stick the label on its board, scan the slot, then the label. If it is another board’s, a card says so. Without a printer boards pass all the same, and their labels wait.',
        },
        pause: {
          title: 'Pause',
          text: 'Pause line takes no new boards. Boards in work finish. Go on takes boards again.',
        },
        held: {
          title: 'The lot is held',
          text: 'The same failure came several times in a row. Find out why before the lot goes on. A supervisor lets it go on.',
        },
        stopped: {
          title: 'The line stopped',
          text: 'Something beside the boards is in the way: the signing key, the disk, the clock, the ports. The first card says what. Boards in their slots are safe.',
        },
        offline: {
          title: 'Offline',
          text: 'The line needs no network. Registrations wait on this station and are sent when the cloud is there again. The count in the top bar says how many wait.',
        },
        gone: {
          title: 'The station does not answer',
          text: 'It starts again by itself. Leave the boards in: each one goes on from its last recorded step.',
        },
        power: {
          title: 'After a power cut',
          text: 'Start the computer and leave the boards in. What was green is recorded. Boards that were in work go on.',
        },
      },
      lots: {
        what: {
          title: 'What a lot is',
          text: 'One work order: how many boards, which recipe, which serial numbers. Boards stay untouched until a lot is open on this bench.',
        },
        open: {
          title: 'Open a lot',
          text: 'Scan its work order on the Line, or touch it in the list. One lot is open at a time.',
        },
        hold: {
          title: 'Hold and go on',
          text: 'A held lot takes no new boards. Boards in work finish, and nothing is lost.',
        },
        page: {
          title: 'The page of a lot',
          text: 'Touch a row of the list. The counts at the top add up to the quantity: each board stands in one place, by its last try. Table beside a chart shows its figures. Esc leads back.',
        },
        explain: {
          title: 'Why is it slow, why do boards fail?',
          text: 'The finding below the stages says which of them differs from the lot before. Slots beside a cause make most of it: look at their pins first.',
        },
        close: {
          title: 'Close a lot',
          text: 'A supervisor closes a lot when its last boards are out, with the PIN once more. The list says what is open then. A closed lot stays closed.',
        },
        report: {
          title: 'The signed report',
          text: 'A close writes report, table, PDF and signature into the reports folder of the station. Nobody can change them unseen: keyline report verify checks them. A report so far is not signed.',
        },
        who: {
          title: 'Who may do this',
          text: 'A technician opens a released lot. A supervisor sets lots up, lets held ones go on, and closes them.',
        },
      },
      devices: {
        find: {
          title: 'Find a board',
          text: 'Every board of this station has one record. Scan it, or type the beginning of its serial or hardware id. Ctrl+K leads here from anywhere. A lot or a day makes the list shorter.',
        },
        record: {
          title: 'Read a record',
          text: 'Who the board is, where its time went, what happened to it, and where its record lies. The seal says whether the record still stands as it was written: the station computes that anew each time.',
        },
        check: {
          title: 'Check identity now',
          text: 'The board in any slot signs a fresh random number. The station compares what it signed with the record. No job is started and none is disturbed. A board that is in no slot is asked when it comes.',
        },
        rework: {
          title: 'Re-work',
          text: 'Before its lock a board can be made once more: what it has is void, its serial stays, and it gets a new key when it is inserted. A locked identity never changes.',
        },
        scrap: {
          title: 'Scrap and revoke',
          text: 'A scrapped board is taken by no slot again. Its live identity stays live until a security officer revokes it and a second one confirms that with their own PIN.',
        },
      },
      sync: {
        sum: {
          title: 'Nothing is lost',
          text: 'Made here is what is in the cloud, what waits here and what was refused, together. If it ever is not, the page says so: stop, and call security.',
        },
        offline: {
          title: 'Offline',
          text: 'Go on working. What is made is saved here and goes out by itself. Try now asks the cloud at once. Without any network, carry it by file: write what waits to a stick, and read the receipt that comes back.',
        },
        refused: {
          title: 'Refused by the cloud',
          text: 'Each one has one button, and those behind it do not wait. Compare shows the board on all sides. A lot stays open until its conflicts are decided.',
        },
        reconcile: {
          title: 'Reconcile',
          text: 'Station and cloud side by side, in three lists: only here, only in the cloud, different. A security officer decides row by row.',
        },
        copies: {
          title: 'Copies',
          text: 'A copy counts when it was read back and lies on another disk. A supervisor sets that folder; anyone copies now.',
        },
        journal: {
          title: 'Audit journal',
          text: 'Who did what, newest first. Find a board by its serial, a person by name, a lot. "Unbroken" means that the whole chain was walked just now. A security officer exports it, signed by this station.',
        },
      },
      'set-up': {
        draft: {
          title: 'The draft saves itself',
          text: 'Leave this page when you like. What is filled in is there when you come back.',
        },
        serials: {
          title: 'Serial numbers',
          text: 'Write the first and the last one. The picture shows the range beside those that other lots have used. A serial is never given twice.',
        },
        spare: {
          title: 'Scrap allowed',
          text: 'Identities beyond the quantity, for boards that are lost. When they are used up, the line asks for a new lot.',
        },
        stop: {
          title: 'Stop the line after',
          text: 'After so many same failures in a row the lot is held, so that a worn pin does not spoil a hundred boards.',
        },
        ready: {
          title: 'Ready to release?',
          text: 'A disc is good. A triangle can wait. An octagon must be mended first, and says how. Then release the lot.',
        },
      },
      settings: {
        who: {
          title: 'Who sees this',
          text: 'Supervisors and security officers. Keys of a CA are the security officer’s: only they open, test and change them.',
        },
        signing: {
          title: 'Signing',
          text: 'One card for each CA: its chain, how long it lasts, how many signatures are left. The dark box signs the boards.',
        },
        unlock: {
          title: 'Unlock',
          text: 'A key in a file waits for its passphrase, a key in an HSM for the PIN of its token. Both go to the station and are kept nowhere. A PIN is tried once for each time that you give it.',
        },
        test: {
          title: 'Test signing',
          text: 'The CA signs a random text, which is no certificate, and the station checks it. The answer says how long it took.',
        },
        change: {
          title: 'Make active',
          text: 'A CA on standby takes over. Boards that were recorded under the one before finish under it.',
        },
        labels: {
          title: 'Labels',
          text: 'Which size, and where the printer is. A label is printed when its board passes, never before. Print a test label first. Command card, slot labels and traveller sheet come on plain paper.',
        },
        ports: {
          title: 'Ports and slots',
          text: 'Where the boards are plugged in, and how many slots a lot is started with. A lot on the line keeps its own.',
        },
        teach: {
          title: 'Teach slots',
          text: 'Say how the fixtures stand, then put one board into one slot after the other as the screen asks. Each port is bound to its slot for good, whatever number the computer gives it. Skip leaves a slot without a port, Back asks for the one before. Until the map is used the old one counts.',
        },
        unknown: {
          title: 'Unknown port',
          text: 'A board sits at a port that is no slot of a taught bench. It is not touched. Take it out, or teach the slots anew.',
        },
        cloud: {
          title: 'Cloud',
          text: 'The security service, how long this station is enrolled there, and what came of the last try. Test asks the service and sends nothing.',
        },
        recipes: {
          title: 'Recipes',
          text: 'A security officer brings a recipe in by the path of its file; the image lies beside it. The station checks both as a lot would, and says what does not fit.',
        },
        people: {
          title: 'People',
          text: 'A security officer adds people, gives them a role, a badge or a new PIN, and erases them. Who is erased has no name in any record of this station any more; what they did stays. The last security officer cannot go.',
        },
        trace: {
          title: 'Live trace',
          text: 'What goes over the cable of one slot, with its meaning. Freeze holds the page still, the slot goes on. Save writes all that is kept of the slot. Keys, nonces and firmware are never shown.',
        },
        heat: {
          title: 'A slot that fails more than others',
          text: 'A worn pin looks like bad boards. A slot that stands out is named: look at its pins and its cable, or switch it off.',
        },
        support: {
          title: 'File for support',
          text: 'Checks, counts, last failures and the end of the log in one file, without keys, badges and names.',
        },
      },
      'sign-in': {
        badge: {
          title: 'Scan your badge',
          text: 'One scan signs a technician in, on every screen. Supervisors and security officers give their PIN after it. Another badge signs you out and its owner in.',
        },
        pin: {
          title: 'Without a badge',
          text: 'Choose your name, then give your PIN by touch, by keyboard or from the clipboard. After five wrong ones wait 1 minute, or scan a badge.',
        },
        out: {
          title: 'Sign out',
          text: 'Press Ctrl+L, or use the menu behind your name. After 15 minutes without a touch the screen asks whether you are there. The line goes on, and results stand under whoever started them.',
        },
        prefer: {
          title: 'Language, light, dark, sound',
          text: 'They are in the menu behind your name and follow you to every bench of this station.',
        },
        unknown: {
          title: 'Your badge is not known',
          text: 'Ask a security officer to add you.',
        },
      },
      'first-run': {
        steps: {
          title: 'Seven steps',
          text: 'Touch a step to open it. Every step but the people can be skipped. Going back forgets nothing.',
        },
        screen: {
          title: 'Screen size',
          text: 'Make the outline as large as a badge. On a screen of small pixels everything is then drawn larger, so that a finger in a glove finds its button.',
        },
        scanner: {
          title: 'Scanner',
          text: 'Two scans prove that it is fast enough and ends with Enter. If nothing comes, set it to keyboard mode, US layout, Enter after each code.',
        },
        people: {
          title: 'People',
          text: 'The first one is a security officer. Names and PINs are written to the real station when it opens, and to nothing before.',
        },
        practice: {
          title: 'Practice',
          text: 'Everything under the violet band is practice: pretend boards, test keys, test certificates. Its records stay apart and are never sent.',
        },
        faults: {
          title: 'Make something go wrong',
          text: 'Pull a board out, put in the wrong model, use a board twice, break the network. Then read the card and do what it says.',
        },
        real: {
          title: 'Go to the real line',
          text: 'The station is made with what you set, and its window opens. Your officer signs in there.',
        },
      },
      signs: {
        three: {
          title: 'Colour, shape and word',
          text: 'Each state has all three. When colours are hard to tell apart, look at the shape.',
        },
        grey: {
          title: 'Grey is calm',
          text: 'Only boards that call a person fill their tile with colour. Offline is grey: it is no alarm.',
        },
      },
      keys: {
        letters: {
          title: 'Letters and digits',
          text: 'They do nothing alone: a scanner types them. So no key that you hit by accident starts anything.',
        },
        release: {
          title: 'When you let go',
          text: 'Function keys act when they are released.',
        },
      },
      scanner: {
        anywhere: {
          title: 'Scan anywhere',
          text: 'No field needs the focus. What a code means is decided by how it begins. What came of the last scan is in the bar at the bottom.',
        },
        gloves: {
          title: 'With gloves on',
          text: 'Scan a slot, then a command: the slot does it. NEXT leads to the next board that needs you.',
        },
        refused: {
          title: 'A code that does not fit',
          text: 'It is refused and shown, and nothing happens. Scan the right one.',
        },
        silent: {
          title: 'Nothing shows after a scan',
          text: 'Set the scanner to keyboard mode, US layout, Enter after each code, no delay between keys.',
        },
      },
    },
    signs: {
      empty: 'Insert a board',
      looking: 'Something is in and has not said what it is',
      work: 'In work. The number is the stage',
      lock: 'Being locked. Do not remove',
      pass: 'Passed and recorded. Take it out',
      fail: 'Failed. Read the card, do one thing',
      need: 'Needs you. Read the card',
      held: 'Waits until the line goes on',
      off: 'Switched off',
    },
    keyMap: {
      f1: { key: 'F1', does: 'Help for this screen' },
      f2: { key: 'F2', does: 'Line' },
      f3: { key: 'F3', does: 'Lots' },
      f4: { key: 'F4', does: 'Slot list, slot tiles' },
      f6: { key: 'F6', does: 'Devices' },
      f8: { key: 'F8', does: 'Settings' },
      f9: { key: 'F9', does: 'Pause, go on' },
      f10: { key: 'F10', does: 'Next board that needs you' },
      arrows: { key: 'Arrows, Home, End', does: 'Move between slots' },
      enter: { key: 'Enter', does: "The button of the slot's card, else its detail" },
      space: { key: 'Space', does: "The slot's detail" },
      esc: { key: 'Esc', does: 'Back, close. Nothing is lost' },
      tab: { key: 'Tab', does: 'Cards, slots, bars' },
      print: { key: 'Ctrl+P', does: 'Print the label of the slot, or all that wait' },
      find: { key: 'Ctrl+K', does: 'Find a board' },
      out: { key: 'Ctrl+L', does: 'Sign out. The line goes on' },
    },
    codes: {
      badge: 'A badge: signs in, supervisors with their PIN',
      slot: 'A slot: the next command is for it',
      command: 'A command of the command card',
      board: 'A board: leads to its slot',
      order: 'A work order, as it stands on it: opens its lot',
    },
    commands: {
      'TRY-AGAIN': 'Try again',
      'IN-THE-BIN': 'The board is in the bin',
      NEXT: 'The next board that needs you',
      PAUSE: 'Pause, go on',
    },
  },
} as const;
