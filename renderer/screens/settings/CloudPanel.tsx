// Cloud (UX.md section 4.8): the security service, who this station is to it and how long that lasts, its last answer in
// words, and a test.
import { UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudView } from '../../../contract/cloud-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { fingerprintGroups } from '../../view-state/ca-card.ts';
import { cloudWord, type Tested } from '../../view-state/cloud-word.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { useLotText } from '../lots/use-lot-text.ts';
import { SaidRow } from './SaidRow.tsx';
import { useDateText } from './use-date-text.ts';
import { useOrder } from './use-order.ts';

interface CloudPanelProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

const DAY_MS = 86_400_000;

export function CloudPanel({ view, feed, nowMs }: CloudPanelProps) {
  const { t } = useTranslation();
  const [cloud, setCloud] = useState<CloudView | null>(null);
  const order = useOrder(feed);
  /** When the last answer before the test ended. */
  const [afterMs, setAfterMs] = useState<number | null>(null);
  const look = useCallback(async () => {
    const answer = await feed.ask((api) => api.cloud.read());
    if (answer.ok) setCloud(answer.value);
    return answer.ok ? answer.value : null;
  }, [feed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try of the outbox changes how the sending stands
  useEffect(() => void look(), [look, view.sync, view.facts]);
  if (cloud === null) return null;
  const { enrolment, keyOpen } = cloud;
  if (enrolment === null)
    return (
      <section className="panel no-ca">
        <h2>{t('cloud.none')}</h2>
        <p>{t('cloud.noneMore')}</p>
      </section>
    );
  const test = () =>
    void order
      .send(
        (api) => api.cloud.test(),
        ({ answerMs, registered }) => t('cloud.tested', { ms: Math.round(answerMs), count: registered }),
      )
      .then(look)
      .then((now) => setAfterMs((now ?? cloud).last?.timeMs ?? null));
  return (
    <article className="panel ca" aria-labelledby="cloud-service">
      <header>
        <div className="ca-name">
          <h2 id="cloud-service" className="mono">
            {enrolment.serviceUrl}
          </h2>
          <p>{t(view.practice ? 'cloud.practice' : 'cloud.service')}</p>
        </div>
        <LastAnswer cloud={cloud} tested={order.said === null ? null : { ok: order.said.ok, afterMs }} />
        <span className="ca-acts">
          <UnstyledButton className="btn" aria-disabled={order.busy || !keyOpen} onClick={() => keyOpen && test()}>
            {t(order.busy ? 'cloud.testing' : 'cloud.test')}
          </UnstyledButton>
        </span>
      </header>
      <Certificates {...{ enrolment, nowMs }} />
      <CloudRows {...{ cloud, nowMs }} />
      <SaidRow said={order.said} />
    </article>
  );
}

interface LastAnswerProps {
  readonly cloud: CloudView;
  /** What the last test came to; null before one. */
  readonly tested: Tested | null;
}

/** Disc, triangle or octagon, and the word. */
function LastAnswer({ cloud, tested }: LastAnswerProps) {
  const { t } = useTranslation();
  const is = cloudWord(cloud, tested);
  const look = ({ locked: 'need', unasked: 'empty', answers: 'pass', silent: 'fail' } as const)[is];
  return (
    <span className={`badge m-${look}`}>
      <SlotSymbol look={look} />
      {t(`cloud.word.${is}`)}
    </span>
  );
}

interface CertificatesProps {
  readonly enrolment: NonNullable<CloudView['enrolment']>;
  readonly nowMs: () => number;
}

function Certificates({ enrolment: { station, serviceCa }, nowMs }: CertificatesProps) {
  const { t } = useTranslation();
  const date = useDateText();
  const { notAfterMs, fingerprint, commonName } = station;
  const days = notAfterMs === null ? null : Math.max(0, Math.floor((notAfterMs - nowMs()) / DAY_MS));
  const groups = fingerprintGroups(serviceCa.fingerprint);
  return (
    <dl className="ca-figures">
      <div>
        <dt>{t('cloud.daysLeft')}</dt>
        <dd>
          <span className="val">{days === null ? t('signing.noEnd') : t('signing.days', { count: days })}</span>
          {notAfterMs !== null && <span className="under">{t('signing.ends', { date: date(notAfterMs) })}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('cloud.known')}</dt>
        <dd>
          <span className="val">{commonName ?? t('signing.unnamed')}</span>
          <span className="under">
            {t('cloud.since', { date: date(station.notBeforeMs), tail: fingerprint.slice(-8) })}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('cloud.believes', { name: serviceCa.commonName ?? t('signing.unnamed') })}</dt>
        <dd className="mono fingerprint">
          <span>{groups.slice(0, 8).join(' ')}</span>
          <span>{groups.slice(8).join(' ')}</span>
        </dd>
      </div>
    </dl>
  );
}

function CloudRows({
  cloud: { enrolment, keyOpen, last },
  nowMs,
}: {
  readonly cloud: CloudView;
  readonly nowMs: () => number;
}) {
  const { t } = useTranslation();
  const { time } = useLotText(nowMs);
  const refusal = useRefusalText();
  const rows = [
    ...(enrolment?.renewal === 'due' ? [['need', t('cloud.renewal.due')] as const] : []),
    ...(enrolment?.renewal === 'ended' ? [['fail', t('cloud.renewal.ended')] as const] : []),
    ...(keyOpen ? [] : [['need', t('cloud.keyLocked')] as const]),
    ...(last === null
      ? []
      : last.code === null
        ? [['pass', t('cloud.lastGood', { time: time(last.timeMs) })] as const]
        : [['fail', t('cloud.lastBad', { time: time(last.timeMs), why: refusal(refusalCode(last.code)) })] as const]),
  ];
  return rows.map(([look, words]) => (
    <div className={`ca-row m-${look}`} key={words}>
      <SlotSymbol look={look} />
      <p>{words}</p>
    </div>
  ));
}
