// English: the frame of every screen. What it says of the station, the lot, the cloud and a refusal.

export const app = {
  app: { name: 'Keyline', main: 'Main' },
  rail: { line: 'Line', help: 'Help' },
  top: {
    lot: 'Lot {{lot}}',
    noLot: 'No lot chosen',
    station: 'Station {{station}}',
    stationAndSlots_one: 'Station {{station}} · {{count, number}} slot ready',
    stationAndSlots_other: 'Station {{station}} · {{count, number}} slots ready',
  },
  practiceName: 'Practice',
  practice: 'Practice bench. Test keys, test certificates, nothing is sent.',
  sync: {
    offlineWaiting: 'Offline · {{waiting, number}} waiting',
    online: 'Online',
    onlineWaiting: 'Online · {{waiting, number}} waiting',
    waiting: '{{waiting, number}} waiting',
    none: 'Nothing waiting',
    saved: 'All saved on this station',
    inCloud: 'Everything is in the cloud',
    inPractice: 'All with the practice service',
    sending: 'Sending, all saved on this station',
    refused_one: '{{count, number}} refused by the cloud',
    refused_other: '{{count, number}} refused by the cloud',
  },
  sight: {
    starting: 'The station starts',
    startingMore: 'Boards may be in already. They are looked at when it is up.',
    gone: 'The station does not answer',
    goneMore: 'It starts again by itself. Leave the boards in: what was recorded is safe.',
  },
  refused: '{{happened}} {{todo}}',
} as const;
