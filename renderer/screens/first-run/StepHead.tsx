// What a step is about, and the sentence under it.

export function StepHead({ title, more }: { readonly title: string; readonly more: string }) {
  return (
    <header className="step-head">
      <h2 id="step-title">{title}</h2>
      <p>{more}</p>
    </header>
  );
}
