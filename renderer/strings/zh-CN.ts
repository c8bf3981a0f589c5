// The Chinese catalogue, as the English one is put together. Its wording is a draft for native review (CONTRIBUTING.md).
import { cardWords } from './card-words.ts';
import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { app } from './zh-CN/app.ts';
import { buttons } from './zh-CN/buttons.ts';
import { cards } from './zh-CN/cards.ts';
import { devices } from './zh-CN/devices.ts';
import { diagnostics, trace } from './zh-CN/diagnostics.ts';
import { errors } from './zh-CN/errors.ts';
import { firstRun } from './zh-CN/first-run.ts';
import { help } from './zh-CN/help.ts';
import { journal } from './zh-CN/journal.ts';
import { labels } from './zh-CN/labels.ts';
import { line } from './zh-CN/line.ts';
import { lotPage } from './zh-CN/lot-page.ts';
import { lots } from './zh-CN/lots.ts';
import { people } from './zh-CN/people.ts';
import { cloud, recipes } from './zh-CN/recipes.ts';
import { scan } from './zh-CN/scan.ts';
import { setUp } from './zh-CN/set-up.ts';
import { settings, signing } from './zh-CN/settings.ts';
import { signIn } from './zh-CN/sign-in.ts';
import { syncPlace } from './zh-CN/sync-place.ts';
import { slotMap, teach } from './zh-CN/teach.ts';

export const zhCN = {
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
