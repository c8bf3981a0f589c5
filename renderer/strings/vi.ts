// The Vietnamese catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { app } from './vi/app.ts';
import { buttons } from './vi/buttons.ts';
import { cards } from './vi/cards.ts';
import { devices } from './vi/devices.ts';
import { diagnostics, trace } from './vi/diagnostics.ts';
import { errors } from './vi/errors.ts';
import { firstRun } from './vi/first-run.ts';
import { help } from './vi/help.ts';
import { journal } from './vi/journal.ts';
import { labels } from './vi/labels.ts';
import { line } from './vi/line.ts';
import { lotPage } from './vi/lot-page.ts';
import { lots } from './vi/lots.ts';
import { people } from './vi/people.ts';
import { cloud, recipes } from './vi/recipes.ts';
import { scan } from './vi/scan.ts';
import { setUp } from './vi/set-up.ts';
import { settings, signing } from './vi/settings.ts';
import { signIn } from './vi/sign-in.ts';
import { syncPlace } from './vi/sync-place.ts';
import { slotMap, teach } from './vi/teach.ts';

export const vi = {
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
} as const satisfies Translation<typeof en, 'other'>;
