import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../i18n';

function rememberedSize(name: string, fallback: number): number {
  const stored = Number(localStorage.getItem(`pane.${name}`));
  return Number.isFinite(stored) && stored > 0 ? stored : fallback;
}

function rememberedHidden() {
  const hidden = (localStorage.getItem('pane.hidden') ?? '').split(',');
  return { left: hidden.includes('left'), right: hidden.includes('right'), bottom: hidden.includes('bottom') };
}

/** A part of the window's width within bounds: what a pane starts with on this screen. */
function share(part: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(most, innerWidth * part)));
}

/** List left, map in the middle, timeline below, inspector right; borders drag, double click collapses, sizes are remembered. */
export function WorkPanes({ left, middle, right, bottom }: { left: ComponentChildren; middle: ComponentChildren; right: ComponentChildren; bottom?: ComponentChildren }) {
  const [sizes, setSizes] = useState(() => ({ left: rememberedSize('left', share(0.28, 280, 400)), right: rememberedSize('right', share(0.235, 240, 340)), bottom: rememberedSize('bottom', Math.round(Math.max(160, Math.min(260, innerHeight * 0.28)))) }));
  const [hidden, setHiddenState] = useState<{ left: boolean; right: boolean; bottom: boolean }>(rememberedHidden);
  const box = useRef<HTMLDivElement>(null);

  function setHidden(change: (old: { left: boolean; right: boolean; bottom: boolean }) => { left: boolean; right: boolean; bottom: boolean }) {
    setHiddenState((old) => {
      const next = change(old);
      localStorage.setItem('pane.hidden', Object.entries(next).filter(([, isHidden]) => isHidden).map(([side]) => side).join());
      return next;
    });
  }

  const limitOf = (side: 'left' | 'right' | 'bottom') => Math.round(side === 'bottom' ? (box.current?.clientHeight ?? 800) * 0.7 : (box.current?.clientWidth ?? 1400) * 0.45);

  function resize(side: 'left' | 'right' | 'bottom', size: number) {
    const value = Math.round(Math.max(160, Math.min(limitOf(side), size)));
    setSizes((old) => ({ ...old, [side]: value }));
    localStorage.setItem(`pane.${side}`, String(value));
  }

  function drag(side: 'left' | 'right' | 'bottom', event: PointerEvent) {
    const handle = event.currentTarget as HTMLElement;
    const start = { x: event.clientX, y: event.clientY, size: sizes[side] };
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => resize(side, side === 'left' ? start.size + move.clientX - start.x : side === 'right' ? start.size - move.clientX + start.x : start.size - move.clientY + start.y);
    handle.onpointerup = () => { handle.onpointermove = null; };
  }

  const handle = (side: 'left' | 'right' | 'bottom') => (
    <div class={`pane-handle ${side}`} role="separator" tabIndex={0} aria-label={t(`pane.${side}`)} aria-valuenow={hidden[side] ? 0 : sizes[side]} aria-valuemin={0} aria-valuemax={limitOf(side)} aria-orientation={side === 'bottom' ? 'horizontal' : 'vertical'} title={t('pane.hint')} onPointerDown={(event) => drag(side, event)} onDblClick={() => setHidden((old) => ({ ...old, [side]: !old[side] }))}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -20, ArrowUp: -20, ArrowRight: 20, ArrowDown: 20 }[event.key];
        if (step !== undefined) { event.preventDefault(); resize(side, sizes[side] + (side === 'left' ? step : -step)); }
        if (event.key === 'Enter') setHidden((old) => ({ ...old, [side]: !old[side] }));
      }} />
  );

  return (
    <div ref={box} class={bottom === undefined ? 'panes' : 'panes with-bottom'} style={{ '--left': `${hidden.left ? 0 : sizes.left}px`, '--right': `${hidden.right ? 0 : sizes.right}px`, '--bottom': `${hidden.bottom ? 0 : sizes.bottom}px` }}>
      <div class="pane pane-left">{left}</div>
      {handle('left')}
      <div class="pane pane-middle">{middle}</div>
      {handle('right')}
      <div class="pane pane-right">{right}</div>
      {bottom !== undefined && handle('bottom')}
      {bottom !== undefined && <div class="pane pane-bottom">{bottom}</div>}
    </div>
  );
}
