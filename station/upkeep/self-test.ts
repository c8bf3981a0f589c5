// The self-test's rows (UX.md section 4.9): one figure and one code each, from what was found. Pure.
import type { SelfCheck } from '../../contract/diagnostics-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';

export interface Found {
  /** Ports that are there now; null: none were set. */
  readonly ports: { readonly present: number; readonly unknown: number } | null;
  /** Why they could not be looked at. */
  readonly portsRefused: ErrorCode | null;
  /** The label printer, asked how it stands, and labels that wait for it; null: none is set. */
  readonly printer: { readonly code: ErrorCode | null; readonly waiting: number } | null;
  readonly boardsFit: number;
  readonly hasSpace: boolean;
  /** Audit events on record. */
  readonly events: number;
  /** The clock is no clock to sign with. */
  readonly clockDoubted: boolean;
  /** Since the last event, milliseconds; may be negative. */
  readonly sinceLastMs: number;
  readonly signing: 'none' | 'locked' | 'pin-needed' | 'away' | 'ready';
  /** What is near its end, or has come to it. */
  readonly caWarning: ErrorCode | null;
  /** Days until the CA ends; null: never, or there is none. */
  readonly caDays: number | null;
  readonly cloud: { readonly answerMs: number } | { readonly code: ErrorCode };
}

const SIGNING: Readonly<Record<Exclude<Found['signing'], 'ready'>, ErrorCode>> = {
  none: 'CA_MISSING',
  locked: 'SIGNER_LOCKED',
  'pin-needed': 'SIGNER_LOCKED',
  away: 'SIGNER_UNREACHABLE',
};

/** What ends a CA; the other warnings only say that it is near. */
const SPENT: ReadonlySet<ErrorCode> = new Set(['CA_ENDED', 'SIGNER_LIMIT'] satisfies ErrorCode[]);
/** Not yet a fault: nobody has set it up. */
const UNSET: ReadonlySet<ErrorCode> = new Set(['NOT_ENROLLED', 'SIGNER_LOCKED'] satisfies ErrorCode[]);

export function selfChecks(found: Found): SelfCheck[] {
  const { boardsFit, hasSpace, events, clockDoubted, sinceLastMs, cloud } = found;
  return [
    portsRow(found),
    printerRow(found),
    { check: 'disk', ...verdict(hasSpace ? null : 'DISK_LOW'), figure: boardsFit },
    { check: 'records', ...verdict(null), figure: events },
    {
      check: 'clock',
      ...verdict(clockDoubted ? 'CLOCK_UNSURE' : null),
      figure: Math.max(0, Math.round(sinceLastMs / 60_000)),
    },
    signingRow(found),
    'code' in cloud
      ? { check: 'cloud', verdict: UNSET.has(cloud.code) ? 'look' : 'bad', figure: null, code: cloud.code }
      : { check: 'cloud', ...verdict(null), figure: Math.round(cloud.answerMs) },
  ];
}

function verdict(code: ErrorCode | null): Pick<SelfCheck, 'verdict' | 'code'> {
  return { verdict: code === null ? 'ok' : 'bad', code };
}

function portsRow({ ports, portsRefused }: Found): SelfCheck {
  if (portsRefused !== null) return { check: 'ports', ...verdict(portsRefused), figure: null };
  if (ports === null) return { check: 'ports', verdict: 'look', figure: null, code: 'BENCH_UNSET' };
  const code = ports.unknown > 0 ? 'PORT_UNKNOWN' : null;
  return { check: 'ports', verdict: code === null ? 'ok' : 'look', figure: ports.present, code };
}

/** The line goes on without one, so it is never more than a look. */
function printerRow({ printer }: Found): SelfCheck {
  const code = printer?.code ?? null;
  return { check: 'printer', verdict: code === null ? 'ok' : 'look', figure: printer?.waiting ?? null, code };
}

function signingRow({ signing, caWarning, caDays }: Found): SelfCheck {
  const figure = caDays;
  if (signing !== 'ready') {
    const waits = signing === 'locked' || signing === 'pin-needed';
    return { check: 'signing', verdict: waits ? 'look' : 'bad', figure, code: SIGNING[signing] };
  }
  if (caWarning === null) return { check: 'signing', ...verdict(null), figure };
  return { check: 'signing', verdict: SPENT.has(caWarning) ? 'bad' : 'look', figure, code: caWarning };
}
