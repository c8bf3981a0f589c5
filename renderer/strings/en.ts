// The English catalogue: every text that a screen shows, and nothing else does. One file a screen, one name a file but
// the frame and the Line, whose groups stand at the top. Plurals and fill-ins are i18next's ({{name}}, _one, _other);
// what a failure says comes from the error table.
import { cardWords } from './card-words.ts';
import { app } from './en/app.ts';
import { cards } from './en/cards.ts';
import { diagnostics, trace } from './en/diagnostics.ts';
import { firstRun } from './en/first-run.ts';
import { help } from './en/help.ts';
import { line } from './en/line.ts';
import { lots } from './en/lots.ts';
import { people } from './en/people.ts';
import { cloud, recipes } from './en/recipes.ts';
import { scan } from './en/scan.ts';
import { setUp } from './en/set-up.ts';
import { settings, signing } from './en/settings.ts';
import { signIn } from './en/sign-in.ts';
import { slotMap, teach } from './en/teach.ts';

export const en = {
  ...app,
  ...line,
  ...help,
  cards,
  ...signIn,
  lots,
  setUp,
  settings,
  signing,
  people,
  recipes,
  cloud,
  diagnostics,
  trace,
  slotMap,
  teach,
  firstRun,
  scan,
  cause: cardWords(),
} as const;
