// One card of each code that a slot or the line can show, beside each other: for the eye, and for measuring.
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import type { Theme } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import { Card } from '../../renderer/screens/line/Card.tsx';
import { useOrders } from '../../renderer/screens/line/use-orders.ts';
import type { StationFeed } from '../../renderer/station-feed.ts';
import { cssVariables, theme as mantineTheme } from '../../renderer/theme/theme.ts';
import { queueOf } from '../../renderer/view-state/queue.ts';
import { labelsView } from '../samples/station-views.ts';
import { calls, LINES, slotsOf } from './recorded-lines.ts';
import '../../renderer/screens/line/line.css';
import './card-sheet.css';

interface CardSheetProps {
  readonly language: i18n;
  readonly theme: Theme;
  readonly facts: StationFacts;
}

export function CardSheet({ language, theme, facts }: CardSheetProps) {
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={cssVariables} forceColorScheme={theme}>
      <I18nextProvider i18n={language}>
        <main className="card-sheet">
          <h1>Cards</h1>
          {CODES.map((code) => (
            <OneCard key={code} code={code} facts={facts} />
          ))}
        </main>
      </I18nextProvider>
    </MantineProvider>
  );
}

const rows: readonly (readonly [string, ErrorRow])[] = Object.entries(ERRORS);
const CODES = rows.filter(([, row]) => row.card !== null).map(([code]) => code as ErrorCode);

function OneCard({ code, facts }: { readonly code: ErrorCode; readonly facts: StationFacts }) {
  const row: ErrorRow = ERRORS[code];
  const view = LINES['line-16'];
  const feed: StationFeed = {
    sight: () => ({ kind: 'gone' }),
    watch: () => () => {},
    ask: async () => ({ ok: false, code: 'STATION_GONE', detail: '' }),
  };
  const orders = useOrders(feed, view);
  const [card] =
    row.disposition === 'stop-line'
      ? queueOf({ ...view, slots: [], stoppedBy: code })
      : queueOf({ ...view, slots: slotsOf([calls(code)]) });
  if (card === undefined) return null;
  const nothing = () => {};
  return (
    <figure className="queue">
      <figcaption>
        {row.card} {code}
      </figcaption>
      <Card
        card={card}
        facts={facts}
        labels={labelsView({ waiting: 4 })}
        orders={orders}
        whole
        shown={false}
        onShow={nothing}
        next={null}
      />
    </figure>
  );
}
