// Everything about one device (UX.md section 4.6): identity, how it was made, what happened to it, where its record is, its
// seal, and what a person of this role may do with it.
import { UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../../components/page.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { boardSlip } from '../../view-state/board-slip.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { SheetFrame } from '../sheets/SheetFrame.tsx';
import { Slip } from '../sheets/Slip.tsx';
import { DecisionPanel } from './DecisionPanel.tsx';
import './device-record.css';
import { HistoryPanel } from './HistoryPanel.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { LabelPanel } from './LabelPanel.tsx';
import { MadePanel } from './MadePanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import { useDecision } from './use-decision.ts';
import { type DeviceLabel, useDeviceLabel } from './use-device-label.ts';
import { STATE_LOOK, useDeviceText } from './use-device-text.ts';
import type { OpenRecord } from './use-record.ts';

interface DeviceRecordPageProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  readonly record: OpenRecord;
  /** Devices on this station. */
  readonly onRecord: number;
  readonly onBack: () => void;
}

export function DeviceRecordPage({ view, feed, nowMs, record, onRecord, onBack }: DeviceRecordPageProps) {
  const { t } = useTranslation();
  const text = useDeviceText(nowMs);
  const decision = useDecision(view, feed, record);
  const told = useDeviceLabel(view, feed, record);
  const { shown } = record;
  const back = useRef<HTMLButtonElement>(null);
  const [onPaper, setOnPaper] = useState(false);
  useEffect(() => {
    if (!onPaper) back.current?.focus();
  }, [onPaper]);
  useKeys([['Escape', onPaper ? null : decision.asks === null ? onBack : decision.cancel]]);
  usePage({ topic: 'devices', name: t('devices.title'), under: t('devices.onRecord', { count: onRecord }) });
  if (shown === null) return null;
  const { device } = shown;
  const slip = boardSlip(shown);
  if (onPaper && slip !== null) {
    const { stationId, practice } = view;
    return (
      <main className="main device-page">
        <SheetFrame name={slip.kind} {...{ stationId, practice }} onBack={() => setOnPaper(false)}>
          <Slip {...{ slip, device, text }} />
        </SheetFrame>
      </main>
    );
  }
  const { deviceSerial, hwid, model, revision, lotId, state, endedMs } = device;
  const look = STATE_LOOK[state];
  const under = { model, revision, lot: lotId };
  return (
    <main className="main device-page">
      <header>
        <UnstyledButton className="btn square" ref={back} aria-label={t('devices.back')} onClick={onBack}>
          <IconChevronLeft className="i" aria-hidden="true" />
        </UnstyledButton>
        <div className="name">
          <h2 className="mono">{deviceSerial ?? hwid}</h2>
          <span className="dim">
            {endedMs === null
              ? t('devices.underOpen', under)
              : t('devices.under', { ...under, time: text.time(endedMs) })}
          </span>
        </div>
        <span className={`state-badge is-${look} m-${look}`}>
          <SlotSymbol look={look} progress={1} />
          {t(`devices.state.${state}`)}
        </span>
        <span className="sp" />
        {slip !== null && (
          <UnstyledButton className="btn" onClick={() => setOnPaper(true)}>
            <IconPrinter className="i sm" aria-hidden="true" />
            {t('devices.act.slip')}
          </UnstyledButton>
        )}
        <HeadButtons decision={decision} told={told} />
      </header>
      <div className="device-columns">
        <div className="column">
          <LabelPanel {...{ told, text }} practice={view.practice} />
          <IdentityPanel record={shown} text={text} />
        </div>
        <div className="column">
          <DecisionPanel {...{ view, decision, record: shown, text }} />
          <MadePanel record={shown} text={text} />
          <HistoryPanel record={shown} text={text} />
        </div>
        <PlacesPanel {...{ record: shown, text, decision }} />
      </div>
    </main>
  );
}

interface HeadButtonsProps {
  readonly decision: ReturnType<typeof useDecision>;
  readonly told: DeviceLabel;
}

function HeadButtons({ decision, told: { label, busy: printing, print } }: HeadButtonsProps) {
  const { t } = useTranslation();
  const { offers, ask, check, busy } = decision;
  return (
    <>
      {label !== null && (
        <UnstyledButton className="btn" aria-disabled={printing} onClick={print}>
          <IconPrinter className="i sm" aria-hidden="true" />
          {printing ? t('cards.busy') : t(label.printedMs === null ? 'labels.print' : 'labels.again')}
        </UnstyledButton>
      )}
      {offers.rework && (
        <UnstyledButton className="btn" onClick={() => ask('rework')}>
          {t('devices.act.rework')}
        </UnstyledButton>
      )}
      {offers.check && (
        <UnstyledButton className="btn pri" aria-disabled={busy} onClick={check}>
          {busy ? t('devices.act.checking') : t('devices.act.check')}
        </UnstyledButton>
      )}
    </>
  );
}
