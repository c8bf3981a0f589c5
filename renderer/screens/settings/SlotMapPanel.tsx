// The map of slots to ports: the fixtures as they will stand on the Line, ports that are no slot, and the way to teach them.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotMapView } from '../../../contract/slot-map-api.ts';
import { type Fixtures, MAX_SLOTS, slotsOf } from '../../../domain/fixture.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { Stepper } from '../../components/Stepper.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { FixtureDrawing } from './FixtureDrawing.tsx';
import { useSettingsRefusal } from './use-settings-refusal.ts';

interface SlotMapPanelProps {
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  /** The last teaching is in use. */
  readonly used: boolean;
  readonly onTeach: (fixtures: Fixtures) => void;
}

export function SlotMapPanel({ facts, feed, used, onTeach }: SlotMapPanelProps) {
  const { t } = useTranslation();
  const refusal = useSettingsRefusal();
  const [map, setMap] = useState<SlotMapView | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [shaping, setShaping] = useState(false);
  const { bench, fixtures } = facts;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for a bench that was set or taught anew
  useEffect(() => {
    void feed
      .ask((api) => api.slotMap.read())
      .then((answer) => {
        setMap(answer.ok ? answer.value : null);
        setRefused(answer.ok ? null : refusal(answer));
      });
  }, [feed, bench?.ports, bench?.slots, fixtures]);
  const tcp = bench?.ports.startsWith('tcp://') ?? false;
  const count = map?.slots.length ?? 0;
  const bound = map?.slots.filter(({ position }) => position !== null).length ?? 0;
  const here = new Set(map?.present ?? []);
  return (
    <section className="panel slot-map">
      <header>
        <div>
          <h2>{t('slotMap.title')}</h2>
          <p>
            {bench === null
              ? t('slotMap.unset')
              : fixtures === null
                ? t('slotMap.plain')
                : t(bound === count ? 'slotMap.taught' : 'slotMap.picture', { count, bound })}
          </p>
        </div>
        {bench !== null && !tcp && !shaping && (
          <UnstyledButton
            className={fixtures === null ? 'btn lg pri' : 'btn lg'}
            data-opens="teach"
            onClick={() => setShaping(true)}
          >
            {t(fixtures === null ? 'slotMap.teach' : 'slotMap.again')}
          </UnstyledButton>
        )}
      </header>
      {tcp && <p>{t('slotMap.tcp')}</p>}
      {refused !== null && <p role="alert">{refused}</p>}
      {shaping && bench !== null && (
        <FixtureShape first={shapeOf(fixtures, bench.slots)} onBegin={onTeach} onCancel={() => setShaping(false)} />
      )}
      <p role="status">{used && !shaping ? t('slotMap.used', { count }) : ''}</p>
      {map !== null && count > 0 && !shaping && (
        <>
          <FixtureDrawing
            fixtures={map.fixtures}
            names={map.slots.map(({ name }) => name)}
            lookOf={(index) => lookOf(map.slots[index]?.position ?? null, here)}
            label={t('slotMap.picture', { count, bound })}
          />
          <UnknownPorts positions={map.unknown} />
          <SlotTable map={map} here={here} />
        </>
      )}
    </section>
  );
}

function lookOf(position: string | null, here: ReadonlySet<string>) {
  return position === null ? 'free' : here.has(position) ? 'here' : 'bound';
}

function UnknownPorts({ positions }: { readonly positions: readonly string[] }) {
  const { t } = useTranslation();
  if (positions.length === 0) return null;
  return (
    <div className="unknown-ports m-need">
      <SlotSymbol look="need" />
      <p>{t('slotMap.unknown', { count: positions.length })}</p>
      <ul className="mono">
        {positions.map((position) => (
          <li key={position}>{position}</li>
        ))}
      </ul>
    </div>
  );
}

function SlotTable({ map, here }: { readonly map: SlotMapView; readonly here: ReadonlySet<string> }) {
  const { t } = useTranslation();
  return (
    <details className="slot-table">
      <summary>{t('slotMap.list')}</summary>
      <table>
        <thead>
          <tr>
            <th>{t('slotMap.slot')}</th>
            <th>{t('slotMap.port')}</th>
            <th>{t('slotMap.now')}</th>
          </tr>
        </thead>
        <tbody>
          {map.slots.map(({ name, position }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={position === null ? '' : 'mono'}>{position ?? t('slotMap.none')}</td>
              <td>{t(position !== null && here.has(position) ? 'slotMap.here' : 'slotMap.empty')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface Shape {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/** What was taught, or the grid that the Line draws for so many slots. */
function shapeOf(fixtures: Fixtures | null, slots: number): Shape {
  const [first] = fixtures ?? [];
  if (fixtures !== null && first !== undefined) return { count: fixtures.length, ...first };
  const columns = slots > 16 ? 4 : Math.ceil(Math.sqrt(slots));
  const rows = slots > 16 ? 4 : Math.ceil(slots / columns);
  return { count: Math.max(1, Math.floor(slots / (rows * columns))), rows, columns };
}

interface FixtureShapeProps {
  readonly first: Shape;
  readonly onBegin: (fixtures: Fixtures) => void;
  readonly onCancel: () => void;
}

function FixtureShape({ first, onBegin, onCancel }: FixtureShapeProps) {
  const { t } = useTranslation();
  const [{ count, rows, columns }, setShape] = useState(first);
  useKeys([['Escape', onCancel]]);
  const begin = useRef<HTMLButtonElement>(null);
  useFocusBack(begin, 'teach');
  useEffect(() => begin.current?.focus(), []);
  const fixtures = Array.from({ length: count }, () => ({ rows, columns }));
  const slots = slotsOf(fixtures);
  const fits = slots <= MAX_SLOTS;
  const stepper = (name: keyof Shape, key: 'fixtures' | 'rows' | 'columns', value: number) => (
    <Stepper
      label={t(`slotMap.${key}`)}
      value={value}
      least={1}
      most={16}
      fewer={t('slotMap.fewer', { name: t(`slotMap.${key}`) })}
      more={t('slotMap.more', { name: t(`slotMap.${key}`) })}
      onChange={(next) => setShape((before) => ({ ...before, [name]: next }))}
    />
  );
  return (
    <div className="fixture-shape">
      <h3>{t('slotMap.shape')}</h3>
      <div className="steppers">
        {stepper('count', 'fixtures', count)}
        {stepper('rows', 'rows', rows)}
        {stepper('columns', 'columns', columns)}
      </div>
      <p role="status">{fits ? t('slotMap.total', { count: slots }) : t('slotMap.tooMany')}</p>
      <div className="teach-acts">
        <UnstyledButton
          ref={begin}
          className="btn lg pri"
          aria-disabled={!fits}
          onClick={() => fits && onBegin(fixtures)}
        >
          {t('slotMap.begin')}
        </UnstyledButton>
        <UnstyledButton className="btn lg" onClick={onCancel}>
          {t('slotMap.cancel')}
        </UnstyledButton>
      </div>
    </div>
  );
}
