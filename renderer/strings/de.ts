// The German catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import { app } from './de/app.ts';
import { buttons } from './de/buttons.ts';
import { cards } from './de/cards.ts';
import { errors } from './de/errors.ts';
import { firstRun } from './de/first-run.ts';
import { help } from './de/help.ts';
import { line } from './de/line.ts';
import { lots } from './de/lots.ts';
import { scan } from './de/scan.ts';
import { setUp } from './de/set-up.ts';
import { settings, signing } from './de/settings.ts';
import { signIn } from './de/sign-in.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';

export const de = {
  ...app,
  ...line,
  ...help,
  cards,
  ...signIn,
  lots,
  setUp,
  settings,
  signing,
  firstRun,
  scan,
  cause: cardWords(errors, buttons),
} as const satisfies Translation<typeof en, 'one' | 'other'>;
