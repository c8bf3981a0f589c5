// The suite: one list, the same for every device.
import type { Case } from './case.ts';
import { FRAMING } from './cases/framing.ts';
import { INJECTION } from './cases/injection.ts';
import { ITEMS } from './cases/items.ts';
import { MESSAGES } from './cases/messages.ts';
import { POWER_CUTS } from './cases/power-cuts.ts';
import { PROOF_AND_LOCK } from './cases/proof-and-lock.ts';
import { REQUESTS } from './cases/requests.ts';
import { STANDARD_GROUPS } from './cases/standard-groups.ts';
import { STATE_TABLE } from './cases/state-table.ts';
import { STATUS_AND_KEYS } from './cases/status-and-keys.ts';

export const ALL_CASES: readonly Case[] = [
  ...FRAMING,
  ...MESSAGES,
  ...STANDARD_GROUPS,
  ...REQUESTS,
  ...STATUS_AND_KEYS,
  ...ITEMS,
  ...PROOF_AND_LOCK,
  ...INJECTION,
  ...STATE_TABLE,
  ...POWER_CUTS,
];
