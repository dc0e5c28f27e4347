import { signal } from '@preact/signals';
import { problemTitle } from './states';

interface Toast { id: number; kind: 'ok' | 'bad'; text: string }
const toasts = signal<Toast[]>([]);
let nextId = 1;

function show(kind: Toast['kind'], text: string): void {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-3), { id, kind, text }];
  setTimeout(() => (toasts.value = toasts.value.filter((toast) => toast.id !== id)), kind === 'ok' ? 4000 : 9000);
}

export const toast = {
  ok: (text: string) => show('ok', text),
  problem: (error: unknown) => show('bad', problemTitle(error)),
};

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((item) => (
        <div key={item.id} class={`toast ${item.kind}`}>{item.text}</div>
      ))}
    </div>
  );
}
