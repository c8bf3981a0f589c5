// English: Help, the written text of each screen.

export const help = {
  help: {
    title: 'Help for Line',
    back: 'Back to Line',
    sections: {
      work: {
        title: 'Run boards',
        text: 'Insert a board: its slot starts by itself. Take it out when its tile is green. Green means that the identity was checked live, the lock was read back and the record is on disk.',
      },
      locking: {
        title: 'Do not remove',
        text: 'While a tile shows the padlock, leave the board in. A board that left then goes on when it is inserted again.',
      },
      queue: {
        title: 'Boards that need you',
        text: 'Red and amber tiles call a person. The list beside the slots says for each board what happened and what to do, the most pressing first.',
      },
      pause: {
        title: 'Pause',
        text: 'Pause line takes no new boards. Boards in work finish. Go on takes boards again.',
      },
      offline: {
        title: 'Offline',
        text: 'The line needs no network. Registrations wait on this station and are sent when the cloud is there again.',
      },
      keys: {
        title: 'Keys',
        text: 'F1 help · F2 Line · F4 slot list · F9 pause and go on · F10 next board that needs you · arrows, Home and End move between slots · Enter opens a slot · Esc goes back.',
      },
    },
  },
} as const;
