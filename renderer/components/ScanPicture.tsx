// The picture of a barcode between the corners of a scanner's frame, as drawn.

interface ScanPictureProps {
  /** In a field, in a bar, or beside a title. */
  readonly size: 'sm' | 'md' | 'large';
}

const CLASSES = { sm: 'i sm', md: 'i', large: 'large' } as const;

export function ScanPicture({ size }: ScanPictureProps) {
  return (
    <svg className={`scan-picture ${CLASSES[size]}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3" />
      <path d="M7.5 8v8M11 8v8M14 8v8M16.7 8v8" />
    </svg>
  );
}
