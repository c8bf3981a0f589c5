// Finds a device: by the beginning of its serial or hardware id, by lot, by day, or by a scan. The list is as long as there
// is room for, and never longer: the next page takes the place of this one.
import { UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundDevice } from '../../../contract/devices-api.ts';
import { usePage } from '../../components/page.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { pairs } from '../../view-state/hex-words.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useLots } from '../lots/use-lots.ts';
import { STATE_LOOK, useDeviceText } from './use-device-text.ts';
import { ANYTHING, type Find } from './use-find.ts';

interface DeviceFindProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  readonly find: Find;
  /** How many rows there is room for. */
  readonly onRoom: (rows: number) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  /** What was looked for by name and is not on record; null for nothing. */
  readonly missing: string | null;
  readonly onOpen: (device: string) => void;
}

/** Of a row, with the gap below it: device-list.css. */
const ROW_PX = 64;
/** The contract's bound. */
const MOST_ROWS = 200;

export function DeviceFind({ view, feed, nowMs, find, onRoom, field, missing, onOpen }: DeviceFindProps) {
  const { t } = useTranslation();
  const { lots } = useLots(view, feed);
  const ids = useId();
  const { wanted, want, page, only, number, refused, later, earlier } = find;
  const text = useDeviceText(nowMs);
  const room = useRoom(onRoom);
  usePage({ topic: 'devices', name: t('devices.title'), under: t('devices.onRecord', { count: page?.onRecord ?? 0 }) });
  const isAll = wanted.text === '' && wanted.lotId === null && wanted.day === null;
  return (
    <main className="main devices">
      <form
        className="find"
        onSubmit={(event) => {
          event.preventDefault();
          if (only) onOpen(only.deviceSerial ?? only.hwid);
          else if (wanted.text.trim() !== '') onOpen(wanted.text.trim());
        }}
      >
        <label className="wide">
          <span>{t('devices.find.text')}</span>
          <span className="in">
            <IconSearch className="i" aria-hidden="true" />
            <input
              ref={field}
              className="mono"
              type="text"
              value={wanted.text}
              maxLength={64}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => want({ ...wanted, text: event.currentTarget.value })}
            />
          </span>
        </label>
        <label htmlFor={`${ids}-lot`}>
          <span>{t('devices.find.lot')}</span>
          <select
            id={`${ids}-lot`}
            value={wanted.lotId ?? ''}
            onChange={(event) => want({ ...wanted, lotId: event.currentTarget.value || null })}
          >
            <option value="">{t('devices.find.anyLot')}</option>
            {(lots ?? []).map(({ lotId }) => (
              <option key={lotId} value={lotId}>
                {lotId}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${ids}-day`}>
          <span>{t('devices.find.day')}</span>
          <input
            id={`${ids}-day`}
            type="date"
            value={wanted.day ?? ''}
            onChange={(event) => want({ ...wanted, day: event.currentTarget.value || null })}
          />
        </label>
        <UnstyledButton className="btn" disabled={isAll} onClick={() => want(ANYTHING)}>
          {t('devices.find.clear')}
        </UnstyledButton>
      </form>
      {refused !== null && <p role="alert">{text.refusal(refused)}</p>}
      <div className="found" ref={room}>
        <Nothing {...{ find, missing, isAll }} />
        {page !== null && page.devices.length > 0 && missing === null && (
          <ul aria-label={t('devices.find.list')} onKeyDown={moveInList}>
            {page.devices.map((device, index) => (
              <Row key={device.deviceId} {...{ device, text, onOpen }} isStop={index === 0} />
            ))}
          </ul>
        )}
      </div>
      <div className="pages">
        <p>{missing === null ? t('devices.find.scan') : ''}</p>
        {(earlier || later) && missing === null && (
          <>
            <span className="b">{t('devices.find.page', { page: number })}</span>
            <UnstyledButton className="btn" disabled={!earlier} onClick={() => earlier?.()}>
              <IconChevronLeft className="i sm" aria-hidden="true" />
              {t('devices.find.earlier')}
            </UnstyledButton>
            <UnstyledButton className="btn" disabled={!later} onClick={() => later?.()}>
              {t('devices.find.later')}
              <IconChevronRight className="i sm" aria-hidden="true" />
            </UnstyledButton>
          </>
        )}
      </div>
    </main>
  );
}

function Nothing({ find, missing, isAll }: { find: Find; missing: string | null; isAll: boolean }) {
  const { t } = useTranslation();
  const { page, wanted } = find;
  const text = missing ?? wanted.text.trim();
  if (missing === null && (page === null || page.devices.length > 0)) return null;
  if (missing === null && isAll)
    return (
      <div className="none">
        <h2>{t('devices.find.empty')}</h2>
        <p>{t('devices.find.emptyMore')}</p>
      </div>
    );
  return (
    <p className="none" role="status">
      {text === '' ? t('devices.find.noneHere') : t('devices.find.none', { text })}
    </p>
  );
}

interface RowProps {
  readonly device: FoundDevice;
  readonly text: ReturnType<typeof useDeviceText>;
  readonly isStop: boolean;
  readonly onOpen: (device: string) => void;
}

function Row({ device, text, isStop, onOpen }: RowProps) {
  const { t } = useTranslation();
  const { deviceSerial, hwid, model, revision, lotId, state, code, endedMs, firstSeenMs } = device;
  const look = STATE_LOOK[state];
  return (
    <li>
      <UnstyledButton
        className="found-row"
        tabIndex={isStop ? 0 : -1}
        data-device={deviceSerial ?? hwid}
        onClick={() => onOpen(deviceSerial ?? hwid)}
      >
        <b className="mono">{deviceSerial ?? t('devices.find.noSerial')}</b>
        <span className={`state m-${look}`}>
          <SlotSymbol look={look} progress={1} />
          <span>
            {t(`devices.state.${state}`)}
            {code !== null && (state === 'failed' || state === 'errored') && <small>{text.cause(code)}</small>}
          </span>
        </span>
        <span className="mono dim">{pairs(hwid)}</span>
        <span className="dim hide-s">{t('lots.product', { model, revisions: [revision] })}</span>
        <span className="dim">{lotId}</span>
        <span className="dim when">{text.time(endedMs ?? firstSeenMs)}</span>
      </UnstyledButton>
    </li>
  );
}

/** Tells how many rows there is room for, also when the window changes. */
function useRoom(onRoom: (rows: number) => void): RefObject<HTMLDivElement | null> {
  const room = useRef<HTMLDivElement>(null);
  const [tell] = useState(() => ({ onRoom }));
  tell.onRoom = onRoom;
  useLayoutEffect(() => {
    const { current } = room;
    if (current === null) return;
    const measure = () => tell.onRoom(Math.min(MOST_ROWS, Math.max(1, Math.floor(current.clientHeight / ROW_PX))));
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    measure();
    return () => watch.disconnect();
  }, [tell]);
  return room;
}

/** Arrows, Home and End move between the rows' buttons. */
function moveInList(event: KeyboardEvent<HTMLUListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-device]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at === -1 || to === undefined) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
}
