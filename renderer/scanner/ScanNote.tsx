// What came of a scan, on screens without a scan bar: every sound has a twin that is seen (UX.md section 11).
import { useEffect, useState } from 'react';
import { useLastScan } from './use-scans.ts';
import './scan-note.css';

/** Time to read two short sentences. */
const READ_MS = 6_000;

export function ScanNote() {
  const last = useLastScan();
  const [open, setOpen] = useState(false);
  const [old] = useState(last);
  useEffect(() => {
    setOpen(last !== null && last !== old);
    const close = setTimeout(() => setOpen(false), READ_MS);
    return () => clearTimeout(close);
  }, [last, old]);
  return (
    <div className="scan-note" role="status">
      {open && last !== null && <p>{last.words}</p>}
    </div>
  );
}
