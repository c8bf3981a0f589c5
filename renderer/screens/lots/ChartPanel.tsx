// A panel with a chart, and the same figures as a table at a touch (UX.md section 10).
import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ChartPanelProps {
  readonly title: string;
  /** Beside the title. */
  readonly under: string;
  readonly chart: ReactNode;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** In the place of both while there is nothing to show; null else. */
  readonly none: string | null;
  /** On paper there is nothing to touch. */
  readonly still: boolean;
}

export function ChartPanel({ title, under, chart, head, rows, none, still }: ChartPanelProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section className="panel chart-panel" aria-labelledby={id}>
      <div className="chart-head">
        <h2 id={id}>{title}</h2>
        <span className="dim">{none === null ? under : ''}</span>
        {none === null && !still && (
          <UnstyledButton className="btn quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'lotPage.asChart' : 'lotPage.asTable')}
          </UnstyledButton>
        )}
      </div>
      {none !== null && <p className="dim">{none}</p>}
      {none === null && (asTable ? <Figures id={id} head={head} rows={rows} /> : chart)}
    </section>
  );
}

function Figures({ id, head, rows }: Pick<ChartPanelProps, 'head' | 'rows'> & { readonly id: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no second landmark of the panel's name
    <div
      className="chart-table"
      role="group"
      aria-labelledby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = '', ...rest]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {rest.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
