// The English catalogue: every text that a screen shows, and nothing else does. One file a screen, one name a file but
// the frame and the Line, whose groups stand at the top. Plurals and fill-ins are i18next's ({{name}}, _one, _other);
// what a failure says comes from the error table.
import { cardWords } from './card-words.ts';
import { app } from './en/app.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { devices } from './en/devices.ts';
import { diagnostics, trace } from './en/diagnostics.ts';
import { errors } from './en/errors.ts';
import { firstRun } from './en/first-run.ts';
import { help } from './en/help.ts';
import { journal } from './en/journal.ts';
import { labels } from './en/labels.ts';
import { line } from './en/line.ts';
import { lotPage } from './en/lot-page.ts';
import { lots } from './en/lots.ts';
import { people } from './en/people.ts';
import { cloud, recipes } from './en/recipes.ts';
import { scan } from './en/scan.ts';
import { setUp } from './en/set-up.ts';
import { settings, signing } from './en/settings.ts';
import { signIn } from './en/sign-in.ts';
import { syncPlace } from './en/sync-place.ts';
import { slotMap, teach } from './en/teach.ts';

export const en = {
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
} as const;
