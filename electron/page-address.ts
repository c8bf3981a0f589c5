// Where the window's page comes from: the app's own files, or, while it is being developed, a server on this computer.
// A packed app takes nothing but its own files.
const APP_ORIGIN = 'app://keyline';

/** Set by `npm run dev`: address of the development server. */
const DEV_PAGE = 'KEYLINE_DEV_PAGE';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

export interface PageAddress {
  readonly page: string;
  /** What every address of the page begins with. */
  readonly origin: string;
}

export function pageAddress(isPackaged: boolean, env: Readonly<Record<string, string | undefined>>): PageAddress {
  const named = URL.parse(env[DEV_PAGE] ?? '');
  if (isPackaged || named?.protocol !== 'http:' || !LOOPBACK.has(named.hostname))
    return { page: `${APP_ORIGIN}/index.html`, origin: APP_ORIGIN };
  return { page: named.href, origin: named.origin };
}
