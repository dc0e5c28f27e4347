import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Forms in which something was typed that is not saved yet. */
const forms = new Set<object>();

/** A step away from such a form; it waits for the person's word. */
export const awaitedStep = signal<(() => void) | null>(null);

export const hasUnsaved = () => forms.size > 0;

/** Takes a step away from what is on the page: now, or once the person has said that what was typed may be lost. */
export function leave(step: () => void): void {
  if (hasUnsaved()) awaitedStep.value = step;
  else step();
}

/** The person's word on the step that waits. */
export function answerLeaving(mayLeave: boolean): void {
  const step = awaitedStep.value;
  awaitedStep.value = null;
  if (!mayLeave) return;
  forms.clear();
  step?.();
}

/** Has a form asked about before it is left. @returns To be called when it is saved and left at once, before it is drawn again. */
export function useUnsaved(isUnsaved: boolean): () => void {
  const form = useRef({}).current;
  useLayoutEffect(() => {
    if (isUnsaved) forms.add(form);
    return () => { forms.delete(form); };
  }, [isUnsaved]);
  return () => { forms.delete(form); };
}

// Closing the tab or another address: the browser asks in its own words.
addEventListener('beforeunload', (event) => { if (hasUnsaved()) event.preventDefault(); });
