// The Spanish catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import { app } from './es/app.ts';
import { buttons } from './es/buttons.ts';
import { cards } from './es/cards.ts';
import { errors } from './es/errors.ts';
import { firstRun } from './es/first-run.ts';
import { help } from './es/help.ts';
import { line } from './es/line.ts';
import { lots } from './es/lots.ts';
import { scan } from './es/scan.ts';
import { setUp } from './es/set-up.ts';
import { settings, signing } from './es/settings.ts';
import { signIn } from './es/sign-in.ts';
import type { Translation } from './translation.ts';

export const es = {
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
} as const satisfies Translation<typeof en, 'one' | 'many' | 'other'>;
