import { expect, test } from 'vitest';
import { SlotCommand } from '../../domain/station-event.ts';
import { personView, stationFacts } from '../../test/samples/station-views.ts';
import { actionsFor } from './permission.ts';

const ALL = SlotCommand.options;

test('switching a slot off and on is offered from the supervisor upwards', () => {
  const technician = stationFacts();
  const supervisor = stationFacts({ person: personView({ role: 'supervisor' }) });
  expect(actionsFor(technician, ALL)).toEqual(['try-again', 'in-bin', 'got-it', 'look-again']);
  expect(actionsFor(supervisor, ALL)).toEqual(ALL);
});

test('with people on record and nobody signed in nothing is offered, with nobody on record everything', () => {
  expect(actionsFor(stationFacts({ person: null }), ALL)).toEqual([]);
  expect(actionsFor(stationFacts({ person: null, hasPeople: false }), ALL)).toEqual(ALL);
});
