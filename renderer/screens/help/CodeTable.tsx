// How each code begins, and the commands of the command card that this station takes (UX.md section 7).
import { useTranslation } from 'react-i18next';
import { SCAN_PREFIXES, scanText } from '../../../domain/scan.ts';

const KINDS = ['badge', 'slot', 'command', 'board'] as const;
const COMMANDS = ['TRY-AGAIN', 'IN-THE-BIN', 'NEXT', 'PAUSE'] as const;

export function CodeTable() {
  const { t } = useTranslation();
  return (
    <section className="panel wide">
      <h3>{t('help.topic.scanner')}</h3>
      <dl className="key-map">
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt className="mono" translate="no">
              {SCAN_PREFIXES[kind]}
            </dt>
            <dd>{t(`help.codes.${kind}`)}</dd>
          </div>
        ))}
        {COMMANDS.map((command) => (
          <div key={command}>
            <dt className="mono" translate="no">
              {scanText({ kind: 'command', command })}
            </dt>
            <dd>{t(`help.commands.${command}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('help.codes.order')}</p>
    </section>
  );
}
