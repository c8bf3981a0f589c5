// Yield of the last hour as a line in ink, told in words to those who do not see it (UX.md section 10).
import { useTranslation } from 'react-i18next';
import { SPARKLINE, sparklineOf } from '../../view-state/sparkline.ts';

export function Sparkline({ shares }: { readonly shares: readonly (number | null)[] }) {
  const { t } = useTranslation();
  const line = sparklineOf(shares);
  if (line === null) return null;
  const { width, height } = SPARKLINE;
  const { least, most, last } = line;
  return (
    <svg
      className="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('strip.hourText', { least, most, last })}
    >
      {line.paths.map((path) => (
        <path key={path} d={path} />
      ))}
      <circle cx={line.end.x} cy={line.end.y} r="4.5" />
    </svg>
  );
}
