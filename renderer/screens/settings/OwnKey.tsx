// The station's own key where no CA waits for the same passphrase: beside a CA in a token it stays closed until somebody
// gives it, and until then nothing is sent.
import { useTranslation } from 'react-i18next';
import { SecretForm } from '../../components/SecretForm.tsx';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { SigningDesk, SigningSight } from '../../view-state/signing-desk.ts';
import { useRefusalText } from '../line/use-card-text.ts';

interface OwnKeyProps {
  readonly sight: SigningSight;
  readonly desk: SigningDesk;
}

/** Its place among the CAs, which all have a name. */
const OWN = '';

export function OwnKey({ sight, desk }: OwnKeyProps) {
  const { t } = useTranslation();
  const refusal = useRefusalText();
  const result = sight.said?.name === OWN ? sight.said.result : null;
  return (
    <section className="panel ca">
      <header className="m-need">
        <SlotSymbol look="need" />
        <div className="ca-name">
          <h2>{t('signing.own')}</h2>
          <p>{t('signing.ownMore')}</p>
        </div>
      </header>
      <div className="ca-row">
        <SecretForm
          label={t('signing.ownPassphrase')}
          send={t('signing.unlock')}
          most={1024}
          busy={sight.busy !== null}
          large={false}
          onSend={(passphrase) => void desk.unlock(OWN, passphrase)}
        />
      </div>
      <div role="status" className="ca-said">
        {result?.kind === 'refused' && (
          <div className="ca-row m-fail">
            <SlotSymbol look="fail" />
            <p>{refusal(result.code, result.detail)}</p>
          </div>
        )}
      </div>
    </section>
  );
}
