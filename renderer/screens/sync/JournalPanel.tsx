// The audit journal: newest first, found by serial, person or lot; whether its chain is whole, and a signed copy of it.
// It says "Unbroken" only after the chain was walked.
import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { JournalTable } from './JournalTable.tsx';
import { JournalVerdictBadge, verdictTrouble } from './JournalVerdictBadge.tsx';
import { PathForm } from './PathForm.tsx';
import { Result } from './Result.tsx';
import type { Journal } from './use-journal.ts';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';

export interface JournalPanelProps {
  readonly journal: Journal;
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly text: SyncText;
}

export function JournalPanel({ journal, facts, feed, text }: JournalPanelProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const exporting = useOrder(text.refusal);
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const shut = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  useKeys([['Escape', open ? shut : null]]);
  const { page, wanted, verdict, refused, show } = journal;
  const trouble = verdictTrouble(verdict);
  const find = (event: React.FormEvent) => {
    event.preventDefault();
    show({ before: null, search: field.current?.value.trim() ?? '' });
  };
  const write = (file: string) =>
    exporting.run(
      () => feed.ask((api) => api.journal.export({ file })),
      ({ events }) => t('journal.exported', { count: events }),
    );
  return (
    <section className="panel sync-journal" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t('journal.title')}</h2>
        <JournalVerdictBadge journal={journal} />
      </header>
      {trouble !== null && (
        <p className="sync-trouble" role="alert">
          {trouble.kind === 'changed'
            ? t('journal.changedMore', { seq: trouble.seq })
            : t('journal.cutMore', { seq: trouble.seq })}{' '}
          <UnstyledButton className="btn" onClick={() => show({ before: trouble.seq + 3, search: '' })}>
            {t('journal.show')}
          </UnstyledButton>
        </p>
      )}
      <div className="sync-find">
        <form onSubmit={find}>
          <input
            ref={field}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            aria-label={t('journal.search')}
            placeholder={t('journal.search')}
          />
          <UnstyledButton className="btn quiet" type="submit" aria-label={t('journal.find')}>
            <IconSearch className="i sm" aria-hidden="true" />
          </UnstyledButton>
        </form>
        {allows(facts, 'security-officer') && (
          <UnstyledButton className="btn" ref={toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'journal.close' : 'journal.export')}
          </UnstyledButton>
        )}
      </div>
      {open && (
        <PathForm
          label={t('journal.exportTo')}
          hint={t('journal.exportHint')}
          send={t('journal.exportWrite')}
          busy={exporting.busy}
          onSend={(file) => void write(file)}
        />
      )}
      <Result said={exporting.said} />
      {refused !== null && <p role="alert">{text.refusal(refused)}</p>}
      {page !== null && (
        <JournalTable entries={page.entries} text={text} bad={trouble?.kind === 'changed' ? trouble.seq : null} />
      )}
      <div className="sync-pages">
        {wanted.search !== '' && page !== null && page.lookedBackMs !== null && (
          <span className="dim">{t('journal.lookedBack', { time: text.time(page.lookedBackMs) })}</span>
        )}
        {(wanted.before !== null || wanted.search !== '') && (
          <UnstyledButton
            className="btn"
            onClick={() => {
              if (field.current !== null) field.current.value = '';
              show({ before: null, search: '' });
            }}
          >
            {t('journal.newest')}
          </UnstyledButton>
        )}
        {page !== null && page.next !== null && (
          <UnstyledButton className="btn" onClick={() => show({ before: page.next })}>
            {t('journal.older')}
          </UnstyledButton>
        )}
      </div>
      {page !== null && (
        <footer>
          <span>{t('journal.seal')}</span>
          <span className="mono">
            {t('journal.sealText', {
              first: groups(page.head.hash.slice(0, 8)),
              last: groups(page.head.hash.slice(-8)),
            })}
          </span>
        </footer>
      )}
    </section>
  );
}

function groups(digits: string): string {
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}
