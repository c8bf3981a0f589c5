// The slip of a board and the printed test codes, as they stand on paper.
import { MantineProvider } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { readScan } from '../../../domain/scan.ts';
import { deviceEvent, foundDevice } from '../../../test/samples/device-views.ts';
import { NOW_MS } from '../../../test/samples/station-views.ts';
import { languages } from '../../strings/languages.ts';
import { boardSlip } from '../../view-state/board-slip.ts';
import { useDeviceText } from '../devices/use-device-text.ts';
import { Slip } from './Slip.tsx';

const sent = deviceEvent({
  ...{ seq: 8420, timeMs: NOW_MS, type: 'device-reworked', reason: 'bad-contact', person: 'Linh Trần' },
});

function Drawn({ state }: { readonly state: 'in-rework' | 'scrapped' }): ReactNode {
  const device = foundDevice({ state, code: 'CERTIFICATE_REFUSED' });
  const slip = boardSlip({ device, events: [sent, { ...sent, type: 'device-scrapped', reason: 'damaged' }] });
  const text = useDeviceText(() => NOW_MS);
  return slip && createElement(Slip, { slip, device, text });
}

function textOf(state: 'in-rework' | 'scrapped'): string {
  const spoken = createElement(I18nextProvider, { i18n: languages('en') }, createElement(Drawn, { state }));
  return renderToStaticMarkup(createElement(MantineProvider, null, spoken))
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

test('the slip of a board says what to do with it, why, by whom, and the event that has it on record', () => {
  const said = textOf('in-rework');
  for (const words of ['Make this board once more', 'Bad contact', 'Cert refused', 'Linh Trần', '8,420', '2026'])
    expect(said).toContain(words);
  expect(said).toContain('24:0A:C4:9F:11:6E');
  expect(textOf('scrapped')).toMatch(/Red bin.*Damaged/);
});

test('the code of a slip is read as a name, by which Devices opens the record', () => {
  const device = foundDevice({ state: 'in-rework', deviceSerial: null });
  const { code = '' } = boardSlip({ device, events: [sent] }) ?? {};
  expect(readScan(code)).toEqual({ kind: 'work-order', orderId: device.hwid });
});
