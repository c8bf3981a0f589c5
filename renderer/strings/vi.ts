// The Vietnamese catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { app } from './vi/app.ts';
import { buttons } from './vi/buttons.ts';
import { cards } from './vi/cards.ts';
import { errors } from './vi/errors.ts';
import { firstRun } from './vi/first-run.ts';
import { help } from './vi/help.ts';
import { line } from './vi/line.ts';
import { lots } from './vi/lots.ts';
import { scan } from './vi/scan.ts';
import { setUp } from './vi/set-up.ts';
import { settings, signing } from './vi/settings.ts';
import { signIn } from './vi/sign-in.ts';

export const vi = {
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
} as const satisfies Translation<typeof en, 'other'>;
