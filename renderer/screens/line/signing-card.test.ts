import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { personView, stationFacts, stationStatus } from '../../../test/samples/station-views.ts';
import type { StationFeed } from '../../station-feed.ts';
import { languages } from '../../strings/languages.ts';
import { viewOf } from '../../view-state/station-view.ts';
import { SigningCard } from './SigningCard.tsx';

const feed: StationFeed = {
  sight: () => ({ kind: 'starting' }),
  watch: () => () => {},
  ask: async () => ({ ok: false, code: 'STATION_GONE', detail: '' }),
};

function drawn(facts: Parameters<typeof stationFacts>[0]): string {
  const view = viewOf(stationStatus({ lineRunning: false, facts: stationFacts(facts) }));
  const inside = createElement(I18nextProvider, { i18n: languages('en') }, createElement(SigningCard, { view, feed }));
  return renderToStaticMarkup(createElement(MantineProvider, null, inside));
}

test('a security officer can unlock the signing key before any line runs', () => {
  const markup = drawn({ signing: 'locked', person: personView({ role: 'security-officer' }) });
  expect(markup).toContain('Signing locked');
  expect(markup).toContain('type="password"');
  expect(markup).toContain('Unlock');
});

test('anybody else is told whom to call', () => {
  const markup = drawn({ signing: 'locked', person: personView({ role: 'supervisor' }) });
  expect(markup).toContain('Call the security officer.');
  expect(markup).not.toContain('type="password"');
});

test.each(['ready', 'none'] as const)('a signing CA that is %s has no card', (signing) => {
  expect(drawn({ signing, person: personView({ role: 'security-officer' }) })).not.toContain('<article');
});

test('a token that waits for its PIN before any line runs asks a security officer for it', () => {
  const markup = drawn({ signing: 'pin-needed', person: personView({ role: 'security-officer' }) });
  expect(markup).toContain('PIN of the signing token');
  expect(drawn({ signing: 'pin-needed' })).toContain('Call the security officer.');
});

test('a station whose own key is closed beside a token asks for the passphrase, then for the PIN', () => {
  const person = personView({ role: 'security-officer' });
  const passphrase = drawn({ signing: 'pin-needed', keysLocked: true, person });
  expect(passphrase).toContain('Passphrase of the signing key');
  expect(passphrase).not.toContain('PIN of the signing token');
  expect(drawn({ signing: 'pin-needed', keysLocked: false, person })).toContain('PIN of the signing token');
  expect(drawn({ signing: 'ready', keysLocked: true, person })).toContain('Passphrase of the signing key');
});
