// The Chinese catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { app } from './zh-CN/app.ts';
import { buttons } from './zh-CN/buttons.ts';
import { cards } from './zh-CN/cards.ts';
import { errors } from './zh-CN/errors.ts';
import { firstRun } from './zh-CN/first-run.ts';
import { help } from './zh-CN/help.ts';
import { line } from './zh-CN/line.ts';
import { lots } from './zh-CN/lots.ts';
import { scan } from './zh-CN/scan.ts';
import { setUp } from './zh-CN/set-up.ts';
import { settings, signing } from './zh-CN/settings.ts';
import { signIn } from './zh-CN/sign-in.ts';

export const zhCN = {
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
