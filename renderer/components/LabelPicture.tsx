// A label as it is printed, black on white in both themes: the same shapes as the printer gets.
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type LabelFacts, type LabelSize, tailText } from '../../domain/label.ts';
import { type LabelShape, layoutLabel } from '../../domain/label-layout.ts';
import { modulesPath } from '../../domain/label-svg.ts';
import './label-picture.css';

interface LabelPictureProps extends LabelFacts {
  readonly size: LabelSize;
}

export const LabelPicture = memo(function LabelPicture({ size, ...facts }: LabelPictureProps) {
  const { t } = useTranslation();
  const { model, revision, deviceSerial, keyTail, copy, practice } = facts;
  const layout = useMemo(
    () => layoutLabel({ model, revision, deviceSerial, keyTail, copy, practice }, size),
    [model, revision, deviceSerial, keyTail, copy, practice, size],
  );
  const text = t('labels.picture', { model, serial: deviceSerial, tail: tailText(keyTail) });
  return (
    <svg className="label-picture" viewBox={`0 0 ${layout.width} ${layout.height}`} role="img" aria-label={text}>
      <rect width={layout.width} height={layout.height} fill="#fff" />
      {layout.shapes.map((shape) => (
        <Shape key={`${shape.kind} ${shape.x} ${shape.y}`} shape={shape} />
      ))}
    </svg>
  );
});

function Shape({ shape }: { readonly shape: LabelShape }) {
  switch (shape.kind) {
    case 'code':
      return (
        <path
          transform={`translate(${shape.x} ${shape.y}) scale(${shape.module})`}
          shapeRendering="crispEdges"
          d={modulesPath(shape.modules)}
        />
      );
    case 'band':
      return <rect x={shape.x} y={shape.y} width={shape.width} height={shape.height} />;
    case 'text': {
      const { x, y, em, length, face, turned, text } = shape;
      return (
        <text
          className={face}
          {...{ x, y }}
          {...(turned ? { transform: `rotate(-90 ${x} ${y})`, fill: '#fff' } : {})}
          fontSize={em}
          textLength={length}
          lengthAdjust="spacingAndGlyphs"
        >
          {text}
        </text>
      );
    }
  }
}
