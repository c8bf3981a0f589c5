// The German catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import { app } from './de/app.ts';
import { buttons } from './de/buttons.ts';
import { cards } from './de/cards.ts';
import { devices } from './de/devices.ts';
import { diagnostics, trace } from './de/diagnostics.ts';
import { errors } from './de/errors.ts';
import { firstRun } from './de/first-run.ts';
import { help } from './de/help.ts';
import { journal } from './de/journal.ts';
import { labels } from './de/labels.ts';
import { line } from './de/line.ts';
import { lotPage } from './de/lot-page.ts';
import { lots } from './de/lots.ts';
import { people } from './de/people.ts';
import { cloud, recipes } from './de/recipes.ts';
import { scan } from './de/scan.ts';
import { setUp } from './de/set-up.ts';
import { settings, signing } from './de/settings.ts';
import { signIn } from './de/sign-in.ts';
import { syncPlace } from './de/sync-place.ts';
import { slotMap, teach } from './de/teach.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';

export const de = {
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
} as const satisfies Translation<typeof en, 'one' | 'other'>;
