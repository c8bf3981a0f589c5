// Help (F1): written text for the screen that it was asked from, and all other topics beside it. With the app, offline.
import { UnstyledButton } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HELP_TOPICS, type HelpTopic } from '../../components/page.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import { en } from '../../strings/en.ts';
import { CodeTable } from './CodeTable.tsx';
import './help.css';
import { KeyMap } from './KeyMap.tsx';
import { SignTable } from './SignTable.tsx';

interface HelpProps {
  /** Of the screen that it was asked from. */
  readonly topic: HelpTopic;
  readonly onBack: () => void;
}

export function Help({ topic, onBack }: HelpProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(topic);
  const main = useRef<HTMLElement>(null);
  useFocusBack(main);
  useEffect(() => main.current?.focus(), []);
  useKeys([['Escape', onBack]]);
  return (
    <main className="main help" ref={main} tabIndex={-1} aria-labelledby="help-title">
      <header>
        <h2 id="help-title">{t(`help.topic.${open}`)}</h2>
        <UnstyledButton className="btn" onClick={onBack}>
          {t('help.back')} <kbd>Esc</kbd>
        </UnstyledButton>
      </header>
      <nav className="topics" aria-label={t('help.topics')}>
        {HELP_TOPICS.map((each) => (
          <UnstyledButton
            key={each}
            className={each === open ? 'btn pri' : 'btn'}
            aria-current={each === open ? 'page' : undefined}
            onClick={() => setOpen(each)}
          >
            {t(`help.topic.${each}`)}
          </UnstyledButton>
        ))}
      </nav>
      <div className="panels">
        {open === 'signs' && <SignTable />}
        {open === 'keys' && <KeyMap />}
        {open === 'scanner' && <CodeTable />}
        {Object.keys(en.help.text[open]).map((section) => (
          <section className="panel" key={section}>
            <h3>{t(textKey(open, section, 'title'))}</h3>
            <p>{t(textKey(open, section, 'text'))}</p>
          </section>
        ))}
      </div>
    </main>
  );
}

/** Sections differ from topic to topic: their names come from the catalogue itself. */
function textKey(topic: HelpTopic, section: string, part: 'title' | 'text'): ParseKeys {
  return `help.text.${topic}.${section}.${part}` as ParseKeys;
}
