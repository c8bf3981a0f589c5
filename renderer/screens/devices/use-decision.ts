// What a person does with the device whose record is open: a live check, re-work, scrap, revocation, a file. One at a time;
// what came of it is said where it was asked.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeviceAct, DeviceRecord, IdentityCheck, SecondPerson } from '../../../contract/devices-api.ts';
import type { RevokeReason, ReworkReason, ScrapReason } from '../../../domain/device-word.ts';
import type { PersonView, Role } from '../../../domain/person.ts';
import type { Answer } from '../../answer.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { seenOf } from '../../view-state/record-desk.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { OpenRecord } from './use-record.ts';

export type Asked = 'rework' | 'scrap' | 'revoke';

export type Said =
  | { readonly kind: 'check'; readonly check: IdentityCheck }
  /** The board is in no slot: it is asked when it comes. */
  | { readonly kind: 'insert' }
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'done'; readonly act: Asked; readonly by: string | null }
  | { readonly kind: 'refused'; readonly code: string };

export interface Decision {
  /** What this person may do now with this device. */
  readonly offers: Readonly<Record<DeviceAct, boolean>>;
  readonly asks: Asked | null;
  readonly ask: (act: Asked) => void;
  readonly cancel: () => void;
  readonly check: () => void;
  readonly save: () => void;
  readonly rework: (reason: ReworkReason) => void;
  readonly scrap: (reason: ScrapReason) => void;
  /** `name` is the second officer's. */
  readonly revoke: (reason: RevokeReason, second: SecondPerson | null, name: string | null) => void;
  readonly busy: boolean;
  readonly said: Said | null;
  /** Security officers on record, once a revocation is asked for. */
  readonly officers: readonly PersonView[];
}

const NEEDS = {
  check: 'technician',
  rework: 'technician',
  scrap: 'supervisor',
  save: 'supervisor',
  revoke: 'security-officer',
} as const satisfies Record<DeviceAct, Role>;

export function useDecision(view: StationView, feed: StationFeed, { shown, put, look }: OpenRecord): Decision {
  /** With how the device stood. */
  const [asked, setAsked] = useState<{ readonly act: Asked; readonly of: string } | null>(null);
  const asks = asked?.act ?? null;
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const [officers, setOfficers] = useState<readonly PersonView[]>([]);
  useEffect(() => {
    if (asks !== 'revoke') return;
    void feed
      .ask((api) => api.people.list())
      .then((told) => setOfficers(told.ok ? told.value.filter(({ role }) => role === 'security-officer') : []));
  }, [asks, feed]);
  const device = shown?.device ?? null;
  const seen = shown === null ? null : seenOf(shown);
  const standing = JSON.stringify(seen);
  // Nobody answers a question about a board that has passed, or failed, since. What they send now answers for itself.
  if (asked !== null && asked.of !== standing && !busy) {
    setAsked(null);
    setSaid({ kind: 'refused', code: 'ROW_CHANGED' });
  }

  /** One call at a time; what it is refused with is said. */
  const send = useCallback(
    async <T>(call: () => Promise<Answer<T>>): Promise<T | null> => {
      if (sending.current) return null;
      sending.current = true;
      setBusy(true);
      const answer = await call();
      sending.current = false;
      setBusy(false);
      if (answer.ok) return answer.value;
      setSaid(answer.code === 'DEVICE_NOT_HERE' ? { kind: 'insert' } : { kind: 'refused', code: answer.code });
      if (answer.code === 'ROW_CHANGED') void look();
      return null;
    },
    [look],
  );

  const check = useCallback(async () => {
    if (device === null) return;
    const found = await send(() => feed.ask((api) => api.devices.check({ deviceId: device.deviceId })));
    if (found === null) return;
    await look();
    setSaid({ kind: 'check', check: found });
  }, [device, feed, send, look]);

  // It came into a slot, and no job works on it: it is asked now.
  const isHere = view.slots.some(
    ({ hwid, state }) => hwid === device?.hwid && state !== 'looking' && state !== 'working' && state !== 'locking',
  );
  const awaited = said?.kind === 'insert';
  useEffect(() => {
    if (awaited && isHere) void check();
  }, [awaited, isHere, check]);

  const decide = async (act: Asked, by: string | null, call: () => Promise<Answer<DeviceRecord>>) => {
    const after = await send(call);
    if (after === null) return;
    setAsked(null);
    put(after);
    setSaid({ kind: 'done', act, by });
  };
  const id = device?.deviceId ?? 0;
  const can = (act: DeviceAct) => shown?.can.includes(act) === true && allows(view.facts, NEEDS[act]);
  return {
    offers: {
      ...{ check: can('check'), rework: can('rework'), scrap: can('scrap'), revoke: can('revoke') },
      save: can('save'),
    },
    ...{ asks, busy, said, officers },
    ask(act) {
      setSaid(null);
      setAsked({ act, of: standing });
    },
    cancel: () => setAsked(null),
    check: () => void check(),
    save: () =>
      void send(() => feed.ask((api) => api.devices.save({ deviceId: id }))).then(
        (saved) => saved && setSaid({ kind: 'saved', file: saved.file }),
      ),
    rework: (reason) =>
      seen && void decide('rework', null, () => feed.ask((api) => api.devices.rework({ deviceId: id, reason, seen }))),
    scrap: (reason) =>
      seen && void decide('scrap', null, () => feed.ask((api) => api.devices.scrap({ deviceId: id, reason, seen }))),
    revoke: (reason, second, by) =>
      void decide('revoke', by, () => feed.ask((api) => api.devices.revoke({ deviceId: id, reason, second }))),
  };
}
