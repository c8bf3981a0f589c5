// Entry of the window's measurements as a program of their own: prints its figures as one JSON text.

import { windowPrograms } from './window-app.ts';
import { measureWindowLine } from './window-line.ts';
import { measureWindowStart } from './window-start.ts';

const programs = await windowPrograms();
try {
  const figures = [...(await measureWindowStart(programs)), ...(await measureWindowLine(programs))];
  process.stdout.write(JSON.stringify(figures));
} finally {
  programs.end();
}
