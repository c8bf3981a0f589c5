// The keys that work, and what they do (UX.md section 7).
import { useTranslation } from 'react-i18next';

const KEYS = [
  'f1',
  'f2',
  'f3',
  'f4',
  'f6',
  'f8',
  'f9',
  'f10',
  'arrows',
  'enter',
  'space',
  'esc',
  'tab',
  'print',
  'find',
  'out',
] as const;

export function KeyMap() {
  const { t } = useTranslation();
  return (
    <section className="panel wide">
      <h3>{t('help.topic.keys')}</h3>
      <dl className="key-map">
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{t(`help.keyMap.${key}.key`)}</kbd>
            </dt>
            <dd>{t(`help.keyMap.${key}.does`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
