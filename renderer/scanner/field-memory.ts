// What a field held when a burst began, so that a scan leaves no trace in it. Writes as a person's hand would: the
// page's own state follows by the event that it hears.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface FieldMemory {
  readonly field: Field;
  readonly value: string;
}

/** Null where the keys go to no field. */
export function rememberField(target: EventTarget | null): FieldMemory | null {
  return isField(target) ? { field: target, value: target.value } : null;
}

/** The field as it was. An input method that composes in it ends first: its text would come in after. */
export function putBack({ field, value }: FieldMemory, composing: boolean): void {
  if (composing) field.blur();
  if (field.value !== value) {
    // The page's framework puts a setter of its own before the element's, and would not hear of this change by it.
    const proto: unknown = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  }
  if (composing) field.focus();
}

export function isField(target: EventTarget | null): target is Field {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
