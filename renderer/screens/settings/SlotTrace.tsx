// The live trace of one slot: time, direction, what it means and its bytes, the newest at the end. Freeze stops the page, not
// the slot; secrets never come this far.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceLine } from '../../../contract/diagnostics-api.ts';
import type { StationFeed } from '../../station-feed.ts';
import { EMPTY_TRACE, follow } from '../../view-state/trace-list.ts';
import { SaidRow } from './SaidRow.tsx';
import { useOrder } from './use-order.ts';

interface SlotTraceProps {
  readonly feed: StationFeed;
  readonly names: readonly string[];
  readonly first: string | null;
}

/** As fast as a person reads what is new. */
const LOOK_MS = 500;

export function SlotTrace({ feed, names, first }: SlotTraceProps) {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState(first ?? names[0] ?? '');
  const [frozen, setFrozen] = useState(false);
  const lines = useTrace(feed, chosen, frozen);
  const list = useRef<HTMLOListElement>(null);
  const order = useOrder(feed);
  useEffect(() => {
    if (lines.length > 0 && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  if (names.length === 0) return null;
  const save = () =>
    void order.send(
      (api) => api.diagnostics.saveTrace({ slot: chosen, dir: null }),
      ({ file, bytes }) => t('diagnostics.written', { file, count: Math.ceil(bytes / 1024) }),
    );
  return (
    <section className="panel diag" aria-label={t('diagnostics.trace.title')}>
      <header className="panel-head">
        <h2>{t('diagnostics.trace.title')}</h2>
        <label htmlFor={id}>{t('diagnostics.trace.slot')}</label>
        <select id={id} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <UnstyledButton className="btn" aria-pressed={frozen} onClick={() => setFrozen(!frozen)}>
          {t(frozen ? 'diagnostics.trace.goOn' : 'diagnostics.trace.freeze')}
        </UnstyledButton>
        <UnstyledButton className="btn" aria-disabled={order.busy || lines.length === 0} onClick={save}>
          {t('diagnostics.trace.save')}
        </UnstyledButton>
      </header>
      <ol
        className="trace"
        ref={list}
        aria-label={t('diagnostics.trace.lines', { slot: chosen })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too
        tabIndex={0}
      >
        {lines.length === 0 && <li className="quiet">{t('diagnostics.trace.none')}</li>}
        {lines.map((line) => (
          <TraceRow key={`${line.seq}.${line.part}`} line={line} />
        ))}
      </ol>
      <p>{t('diagnostics.trace.masked')}</p>
      <SaidRow said={order.said} />
    </section>
  );
}

function useTrace(feed: StationFeed, slot: string, frozen: boolean): readonly TraceLine[] {
  const [trace, setTrace] = useState({ slot, list: EMPTY_TRACE });
  const latest = useRef(trace);
  latest.current = trace.slot === slot ? trace : { slot, list: EMPTY_TRACE };
  useEffect(() => {
    if (frozen || slot === '') return;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const again = async () => {
      const { next } = latest.current.list;
      const answer = await feed.ask((api) => api.diagnostics.trace({ slot, after: next }));
      if (over) return;
      if (answer.ok) setTrace({ slot, list: follow(latest.current.list, answer.value) });
      timer = setTimeout(() => void again(), LOOK_MS);
    };
    void again();
    return () => {
      over = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [feed, slot, frozen]);
  return latest.current.list.lines;
}

const ARROWS = { ask: '→', answer: '←', text: '←', damaged: '×', opened: '–', closed: '–' } as const;

function TraceRow({ line: { timeMs, kind, topic, offset, rc, length, bytes, masked } }: { readonly line: TraceLine }) {
  const { t } = useTranslation();
  const what =
    topic === null || kind === 'text' || kind === 'damaged' || kind === 'opened' || kind === 'closed'
      ? t(`trace.${kind === 'ask' || kind === 'answer' ? 'text' : kind}`)
      : t(`trace.${kind}.${topic}`);
  return (
    <li className={`trace-row is-${kind}${rc === null ? '' : ' refused'}`}>
      <time>{traceTime(timeMs)}</time>
      <span aria-hidden="true">{ARROWS[kind]}</span>
      <span className="what">
        {what}
        {offset !== null && ` ${t('trace.offset', { offset })}`}
        {rc !== null && ` ${t('trace.rc', { rc })}`}
      </span>
      <span className="bytes">
        {bytes}
        {masked > 0 && <i>{t('trace.masked', { count: masked })}</i>}
        {masked === 0 && length > 64 && <i>{t('trace.of', { count: length })}</i>}
      </span>
    </li>
  );
}

/** Local time with milliseconds: what a person compares with a log beside it. */
function traceTime(timeMs: number): string {
  const at = new Date(timeMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
