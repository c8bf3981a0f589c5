import { MantineProvider } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, test } from 'vitest';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { deviceEvent, deviceRecord } from '../../../test/samples/device-views.ts';
import { NOW_MS } from '../../../test/samples/station-views.ts';
import { languages } from '../../strings/languages.ts';
import { HISTORY_KINDS } from '../../view-state/device-history.ts';
import { HistoryPanel } from './HistoryPanel.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { MadePanel } from './MadePanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import type { Decision } from './use-decision.ts';
import { type DeviceText, useDeviceText } from './use-device-text.ts';

const NOTHING = () => {};
const decision: Decision = {
  offers: { check: true, rework: false, scrap: true, revoke: false, save: true },
  ...{ asks: null, busy: false, said: null, officers: [], ask: NOTHING, cancel: NOTHING, check: NOTHING },
  ...{ save: NOTHING, rework: NOTHING, scrap: NOTHING, revoke: NOTHING },
};

function Drawn({ draw }: { readonly draw: (text: DeviceText) => ReactNode }): ReactNode {
  return draw(useDeviceText(() => NOW_MS));
}

function textOf(draw: (text: DeviceText) => ReactNode): string {
  const spoken = createElement(I18nextProvider, { i18n: languages('en') }, createElement(Drawn, { draw }));
  return renderToStaticMarkup(createElement(MantineProvider, null, spoken))
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}
const identity = (record: DeviceRecord) => textOf((text) => createElement(IdentityPanel, { record, text }));
const history = (record: DeviceRecord) => textOf((text) => createElement(HistoryPanel, { record, text }));
const made = (record: DeviceRecord) => textOf((text) => createElement(MadePanel, { record, text }));
const places = (record: DeviceRecord) => textOf((text) => createElement(PlacesPanel, { record, text, decision }));
const DRAWN = deviceRecord();

describe('the identity', () => {
  test('says its key by its tail, where it was made, and by whom it is signed', () => {
    const said = identity(DRAWN);
    for (const words of ['7F3A 91C2', 'Key made on the board', 'Factory CA 2', '51:0E:…:A7:3D', 'No end date', 'Live'])
      expect(said).toContain(words);
  });

  test('of a void certificate says why it is void', () => {
    const voided = DRAWN.identity && { ...DRAWN.identity, state: 'void' as const, reason: 'CERTIFICATE_REFUSED' };
    expect(identity(deviceRecord({ identity: voided }))).toContain('Void: Cert refused');
  });

  test('that was never signed is none', () => {
    expect(identity(deviceRecord({ identity: null }))).toContain('No certificate was signed for this board.');
  });
});

test('a stage that took long is the finding, and without a median nothing is said of what is usual', () => {
  expect(made(DRAWN)).toContain('Firmware took 2.7 s longer than usual.');
  expect(made(deviceRecord({ usual: { jobMs: null, stageMs: {} } }))).not.toContain('usual');
});

test.each(HISTORY_KINDS)('the history has words for %s', (kind) => {
  const type = kind === 'label-printed-again' ? 'label-printed' : kind;
  const label = { copy: kind === type ? 1 : 2, read: '48213-0871' };
  const events = [deviceEvent({ type, code: 'NO_ANSWER', reason: 'repaired', person: 'Linh Trần', ...label })];
  const said = history(deviceRecord({ events }));
  expect(said).toContain('Linh Trần');
  expect(said).not.toContain('{{');
});

test('what the cloud refused says why, by the words of Sync', () => {
  const events = [deviceEvent({ type: 'registration-refused', code: 'SERIAL_TAKEN' })];
  expect(history(deviceRecord({ events }))).toContain('The cloud refused its entry: Serial already registered');
  const cloud = { state: 'refused', kind: 'register', code: 'SERIAL_TAKEN', place: null, waiting: 0 } as const;
  expect(places(deviceRecord({ places: { ...DRAWN.places, cloud } }))).toContain('Refused: Serial already registered');
});

test('what waits for the cloud stands last, with its place', () => {
  expect(history(DRAWN)).toMatch(/Cloud registration Place 2,316 of 2,318 $/);
});

describe('the seal', () => {
  test('of a whole chain names its neighbours', () => {
    expect(places(DRAWN)).toMatch(/Nobody has changed this record\..* 8,410 8,411 8,412 /);
  });

  test('without a checkpoint says so, and does not say that nobody changed it', () => {
    const said = places(deviceRecord({ seal: { seq: 8411, before: 8410, after: 8412, state: 'open' } }));
    expect(said).toMatch(/No signature that can be checked covers it yet\..* 8,410 8,411 8,412 /);
    expect(said).not.toContain('Nobody has changed');
  });

  test('that was broken calls security and draws no chain', () => {
    const said = places(deviceRecord({ seal: { seq: 8411, before: 8410, after: 8412, state: 'broken' } }));
    expect(said).toContain('This record was changed. Stop and call security.');
    expect(said).not.toContain('8,410');
  });
});

test('a copy on the same disk is no copy on another one', () => {
  const there = (onOtherDisk: boolean) => places(deviceRecord({ places: { ...DRAWN.places, onOtherDisk } }));
  expect(there(true)).toContain('Copied to another disk');
  expect(there(false)).toContain('on the same disk');
});
