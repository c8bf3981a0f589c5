// app://keyline/: the screens' own files, from the build's client folder and nowhere else, under a policy that lets no
// page run, load or reach anything beside them.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/** Styles may stand in the page: Mantine writes its variables there. Scripts may not. The station is no connection. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wav': 'audio/wav',
};

/** Before the app is ready, once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

export function serveApp(session: Session, clientFolder: string): void {
  session.protocol.handle('app', async (request) => {
    const file = fileOf(request.url, clientFolder);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (request.method !== 'GET' || file === null || type === undefined) return refusal(404);
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersOf(type) });
    } catch {
      return refusal(404);
    }
  });
}

/** Path of the file that an address names, or null for one that is not ours or leaves the folder. */
function fileOf(address: string, clientFolder: string): string | null {
  // Node calls the origin of such an address 'null': protocol and host are compared.
  const { protocol: scheme, host, pathname } = new URL(address);
  if (scheme !== 'app:' || host !== 'keyline') return null;
  try {
    const file = normalize(join(clientFolder, decodeURIComponent(pathname)));
    return file.startsWith(clientFolder + sep) && !file.includes('\0') ? file : null;
  } catch {
    return null;
  }
}

function refusal(status: number): Response {
  return new Response('not here\n', { status, headers: headersOf('text/plain') });
}

function headersOf(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  };
}
