// The Spanish catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import { app } from './es/app.ts';
import { buttons } from './es/buttons.ts';
import { cards } from './es/cards.ts';
import { devices } from './es/devices.ts';
import { diagnostics, trace } from './es/diagnostics.ts';
import { errors } from './es/errors.ts';
import { firstRun } from './es/first-run.ts';
import { help } from './es/help.ts';
import { journal } from './es/journal.ts';
import { labels } from './es/labels.ts';
import { line } from './es/line.ts';
import { lotPage } from './es/lot-page.ts';
import { lots } from './es/lots.ts';
import { people } from './es/people.ts';
import { cloud, recipes } from './es/recipes.ts';
import { scan } from './es/scan.ts';
import { setUp } from './es/set-up.ts';
import { settings, signing } from './es/settings.ts';
import { signIn } from './es/sign-in.ts';
import { syncPlace } from './es/sync-place.ts';
import { slotMap, teach } from './es/teach.ts';
import type { Translation } from './translation.ts';

export const es = {
  ...app,
  ...line,
  ...help,
  cards,
  ...signIn,
  lots,
  devices,
  lotPage,
  setUp,
  settings,
  signing,
  labels,
  people,
  recipes,
  cloud,
  diagnostics,
  trace,
  slotMap,
  teach,
  firstRun,
  scan,
  syncPlace,
  journal,
  cause: cardWords(errors, buttons),
} as const satisfies Translation<typeof en, 'one' | 'many' | 'other'>;
