/** Moves the focus to the first field of a form that is wrong. */
import { tick } from 'svelte';

export async function focusFirstError(form: HTMLElement | null): Promise<void> {
  await tick();
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'center' });
}
