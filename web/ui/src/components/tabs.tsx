import { useEffect, useRef } from 'preact/hooks';

/** A row of tabs with arrow-key movement (WAI-ARIA tabs pattern). */
export function Tabs<T extends string>({ tabs, value, onChange, label }: { tabs: readonly { id: T; label: string; count?: number | null }[]; value: T; onChange: (id: T) => void; label: string }) {
  function move(event: KeyboardEvent, index: number) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = step === 0 ? undefined : tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  }
  const row = useRef<HTMLDivElement>(null);
  // In a narrow window the row scrolls; the open tab is in sight.
  useEffect(() => {
    const box = row.current, open = box?.querySelector('[aria-selected=true]');
    if (!box || !open) return;
    const beyond = open.getBoundingClientRect().right - box.getBoundingClientRect().right;
    if (beyond > 0) box.scrollLeft += beyond;
  }, [value]);
  return (
    <div ref={row} class="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab, index) => (
        <button key={tab.id} data-tab={tab.id} role="tab" aria-selected={tab.id === value} tabIndex={tab.id === value ? 0 : -1} class={tab.id === value ? 'tab on' : 'tab'} onClick={() => onChange(tab.id)} onKeyDown={(event) => move(event, index)}>
          {tab.label}
          {tab.count !== undefined && tab.count !== null && <span class="tab-count">{tab.count.toLocaleString('en-GB')}</span>}
        </button>
      ))}
    </div>
  );
}
