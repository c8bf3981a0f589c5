// The picture of a chain, in ink alone: root, what stands between, the CA that signs, and the boards that it signed.
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaView } from '../../../contract/signing-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { chainLinks, seesKeys } from '../../view-state/ca-card.ts';
import type { CaText } from './use-ca-text.ts';

interface CaChainProps {
  readonly ca: CaView;
  readonly facts: StationFacts;
  readonly text: CaText;
  readonly time: (timeMs: number) => string;
}

export function CaChain({ ca, facts, text, time }: CaChainProps) {
  const { t } = useTranslation();
  const { name, state, signatures: count, lastSignedMs } = ca;
  const never = state === 'active' ? 'signing.lastNone' : 'signing.lastNever';
  const key = (
    <>
      <IconLock className="i sm" aria-hidden="true" />
      <span>{text.keyPlace}</span>
    </>
  );
  return (
    <ol className="chain" aria-label={t('signing.chain', { name })}>
      {chainLinks(ca).map((link, index) => {
        const { name: called, more } = text.link(link);
        const signs = link.kind === 'signs';
        return (
          <Link key={link.fingerprint} first={index === 0} kind={link.kind} name={called}>
            {signs && seesKeys(facts) ? key : more}
          </Link>
        );
      })}
      <Link first={false} kind="boards" name={t('signing.signed', { count })}>
        {lastSignedMs === null ? t(never) : t('signing.last', { time: time(lastSignedMs) })}
      </Link>
    </ol>
  );
}

interface LinkProps {
  readonly first: boolean;
  readonly kind: string;
  readonly name: string;
  readonly children: ReactNode;
}

function Link({ first, kind, name, children }: LinkProps) {
  return (
    <li>
      {!first && (
        <svg className="leads" viewBox="0 0 40 16" aria-hidden="true">
          <path d="M2 8h34M30 3l6 5-6 5" />
        </svg>
      )}
      <div className={`link link-${kind}`}>
        <b>{name}</b>
        <small>{children}</small>
      </div>
    </li>
  );
}
