// A badge under the beam of a scanner: no word needed.

export function BadgePicture() {
  return (
    <svg className="badge-picture" viewBox="0 0 240 160" aria-hidden="true" fill="none" stroke="currentColor">
      <rect x="28" y="18" width="184" height="116" rx="10" fill="var(--raised)" strokeWidth="3" />
      <rect x="104" y="10" width="32" height="16" rx="8" fill="var(--canvas)" strokeWidth="3" />
      <circle cx="68" cy="62" r="15" strokeWidth="3" />
      <path d="M44 104c2-16 12-24 24-24s22 8 24 24" strokeWidth="3" />
      <path d="M112 54h80M112 72h56" strokeWidth="5" strokeLinecap="round" stroke="var(--line)" />
      <path
        d="M114 90v24M120 90v24M129 90v24M134 90v24M144 90v24M150 90v24M159 90v24M165 90v24M170 90v24M180 90v24M189 90v24"
        strokeWidth="4"
      />
      <path d="M100 102h104" stroke="var(--fail-sym)" strokeWidth="3" />
    </svg>
  );
}
