import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { EditPrice, RouteView } from '../../api/contract';
import { isDark, zone } from '../../app-state';
import { t } from '../../i18n';
import { formatClock, formatDuration } from '../../model/format';
import { priceInWords } from '../../model/edit-price';
import { draggedTo, type Drag } from '../../model/drag';
import type { Selection } from '../../model/selection';
import { daySpan, HEAD_HEIGHT, hitAt, LABEL_WIDTH, msOf, positionAt, ROW_HEIGHT, xOf, zoomed, type TimelineHit, type TimeScale } from '../../model/timeline';
import { paintTimeline } from './timeline-paint';

interface Props {
  routes: readonly RouteView[];
  selection: Selection;
  hoverRoute: number | null;
  nowMs: number | null;
  canDrag: boolean;
  onSelect: (routeNo: number, stopNo: number | null) => void;
  onHover: (routeNo: number | null) => void;
  onOpen: (routeNo: number) => void;
  onMove: (move: StopMove) => void;
  /** Price of a move while it is being dragged. */
  priceOf: (move: StopMove) => Promise<EditPrice>;
}

export interface StopMove { fromRoute: number; stopNo: number; toRoute: number; position: number }

/** A drag asks for its price once the pointer has rested on a place this long. */
const PRICE_AFTER_MS = 70;

/** One row per vehicle, time left to right; wheel scrolls, Ctrl+wheel zooms, dragging a stop asks for its price. */
export function Timeline({ routes, selection, hoverRoute, nowMs, canDrag, onSelect, onHover, onOpen, onMove, priceOf }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 800, height: 200 });
  const [span, setSpan] = useState<{ fromMs: number; untilMs: number } | null>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [tip, setTip] = useState<{ text: string; x: number; y: number } | null>(null);
  const [drag, setDrag] = useState<(Drag & { hit: TimelineHit }) | null>(null);

  const [price, setPrice] = useState<{ text: string; isLegal: boolean } | null>(null);
  const asked = useRef<{ key: string; timer: ReturnType<typeof setTimeout> | undefined }>({ key: '', timer: undefined });

  const limit = useMemo(() => daySpan(routes), [routes]);
  const scale: TimeScale = { ...(span ?? limit), width: size.width };

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Before the frame is shown: a canvas of the old size would be stretched to the new one.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = devicePixelRatio;
    element.width = size.width * ratio;
    element.height = size.height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintTimeline(context, { routes, scale, scrollTop, height: size.height, selection, hoverRoute, nowMs, isDark: isDark.value, zone: zone.value, drag: drag?.isMoving ? { x: drag.x, y: drag.y, from: drag.hit } : null });
  });

  // A route selected elsewhere scrolls into its row.
  useEffect(() => {
    const index = routes.findIndex((route) => route.routeNo === selection.routeNo);
    if (index < 0) return;
    const top = index * ROW_HEIGHT, room = size.height - HEAD_HEIGHT;
    if (top < scrollTop) setScrollTop(top);
    else if (top + ROW_HEIGHT > scrollTop + room) setScrollTop(top + ROW_HEIGHT - room);
  }, [selection.routeNo]);

  const place = (event: MouseEvent) => {
    const frame = canvas.current?.getBoundingClientRect();
    return { x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0) };
  };
  const find = (event: MouseEvent) => { const { x, y } = place(event); return hitAt(routes, scale, x, y, scrollTop); };

  function onPointerMove(event: PointerEvent) {
    const { x, y } = place(event);
    if (drag) {
      setTip(null);
      const next = draggedTo(drag, x, y);
      setDrag(next);
      if (next.isMoving) askPrice(moveAt(drag.hit, event));
      return;
    }
    const hit = find(event);
    onHover(hit?.route.routeNo ?? null);
    setTip(hit ? { text: describe(hit), x, y } : null);
  }

  /** Where a dragged stop would land; null when nowhere, or where it already is. */
  function moveAt(hit: TimelineHit, event: PointerEvent): StopMove | null {
    const { x, y } = place(event);
    const target = hitAt(routes, scale, LABEL_WIDTH - 1, y, scrollTop);
    if (!hit.stop || !target) return null;
    const [fromRoute, stopNo, at] = [hit.route.routeNo, hit.stop.stopNo, positionAt(target.route, msOf(scale, x))];
    const isSameRow = fromRoute === target.route.routeNo;
    if (isSameRow && (at === stopNo || at === stopNo + 1)) return null;
    // Further right in its own row the stop leaves a gap behind it, so its index afterwards is one less.
    return { fromRoute, stopNo, toRoute: target.route.routeNo, position: isSameRow && at > stopNo ? at - 1 : at };
  }

  function askPrice(move: StopMove | null) {
    const key = move ? `${move.fromRoute}.${move.stopNo}>${move.toRoute}.${move.position}` : '';
    if (key === asked.current.key) return;
    clearTimeout(asked.current.timer);
    setPrice(null);
    asked.current = { key, timer: move ? setTimeout(() => {
      // A refusal has no price; dropping the stop shows it in full.
      priceOf(move).then((answer) => { if (asked.current.key === key) setPrice({ text: priceInWords(answer), isLegal: answer.isLegal }); }, () => undefined);
    }, PRICE_AFTER_MS) : undefined };
  }

  function onPointerUp(event: PointerEvent) {
    if (!drag) return;
    const move = drag.isMoving ? moveAt(drag.hit, event) : null;
    askPrice(null);
    if (move) onMove(move);
    else if (!drag.isMoving) onSelect(drag.hit.route.routeNo, drag.hit.stop?.stopNo ?? null);
    setDrag(null);
  }

  function onPointerDown(event: PointerEvent) {
    const hit = find(event);
    if (!hit) return;
    const isMovable = canDrag && (hit.stop?.kind === 'terminal' || hit.stop?.kind === 'door');
    if (!isMovable) { onSelect(hit.route.routeNo, hit.stop?.stopNo ?? null); return; }
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setDrag({ hit, ...place(event), takenAt: place(event), isMoving: false });
  }

  function onWheel(event: WheelEvent) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) setSpan(zoomed(scale, place(event).x, event.deltaY > 0 ? 1.25 : 0.8, limit));
    else if (event.shiftKey || event.deltaX !== 0) {
      const shift = ((event.deltaX || event.deltaY) / size.width) * (scale.untilMs - scale.fromMs);
      const from = Math.max(limit.fromMs, Math.min(limit.untilMs - (scale.untilMs - scale.fromMs), scale.fromMs + shift));
      setSpan({ fromMs: from, untilMs: from + scale.untilMs - scale.fromMs });
    } else setScrollTop((top) => Math.max(0, Math.min(Math.max(0, routes.length * ROW_HEIGHT - size.height + HEAD_HEIGHT), top + event.deltaY)));
  }

  /** The selected stop where it is in sight, else the middle of what is shown. */
  function placeOfZoom(): number {
    const stop = routes.find((route) => route.routeNo === selection.routeNo)?.stops.find((candidate) => candidate.stopNo === selection.stopNo);
    const at = stop ? Date.parse(stop.arrival) : Number.NaN;
    return at >= scale.fromMs && at <= scale.untilMs ? at : (scale.fromMs + scale.untilMs) / 2;
  }

  function onKeyDown(event: KeyboardEvent) {
    const factor = { '+': 0.8, '=': 0.8, '-': 1.25 }[event.key];
    if (factor !== undefined && !event.ctrlKey && !event.metaKey) { event.preventDefault(); setSpan(zoomed(scale, xOf(scale, placeOfZoom()), factor, limit)); return; }
    const index = routes.findIndex((route) => route.routeNo === selection.routeNo);
    const next = event.key === 'ArrowDown' ? routes[index + 1] : event.key === 'ArrowUp' ? routes[Math.max(0, index - 1)] : undefined;
    if (next) { event.preventDefault(); onSelect(next.routeNo, null); return; }
    const route = routes[index];
    const stop = selection.stopNo ?? 0;
    if (!route || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const step = event.key === 'ArrowLeft' ? -1 : 1;
    if (event.altKey && canDrag && selection.stopNo !== null) onMove({ fromRoute: route.routeNo, stopNo: stop, toRoute: route.routeNo, position: stop + step });
    else onSelect(route.routeNo, Math.max(0, Math.min(route.stops.length - 1, stop + step)));
  }

  function describe({ route, stop }: TimelineHit): string {
    const clock = (instant: string) => formatClock(instant, zone.value);
    if (!stop) return `${route.plate}${route.courier ? ` · ${route.courier}` : ''}\n${clock(route.start)}–${clock(route.end)} · ${t('plan.parcelsN', { n: route.parcels })} · ${t('plan.tripsN', { n: route.trips })}`;
    const window = stop.windowFrom && stop.windowUntil ? `\n${t('field.window')} ${clock(stop.windowFrom)}–${clock(stop.windowUntil)} · ${t('plan.slack')} ${formatDuration(stop.slackSeconds)}` : '';
    return `${stop.stopNo}. ${stop.placeName}\n${clock(stop.arrival)}–${clock(stop.departure)} · ${t('plan.parcelsN', { n: stop.parcelIds.length })}${window}`;
  }

  return (
    <div ref={box} class="timeline">
      <canvas ref={canvas} tabIndex={0} role="application" aria-label={t('plan.timelineLabel')} style={{ width: `${size.width}px`, height: `${size.height}px` }}
        onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerLeave={() => { onHover(null); setTip(null); }}
        onDblClick={(event) => { const hit = find(event); if (hit) onOpen(hit.route.routeNo); }} onWheel={onWheel} onKeyDown={onKeyDown} />
      {span && <button class="button small timeline-reset" onClick={() => setSpan(null)}>{t('plan.wholeDay')}</button>}
      {drag?.isMoving && <div class={`map-tip drag-price ${price === null ? '' : price.isLegal ? 'ok' : 'bad'}`} role="status" style={{ left: `${Math.min(drag.x + 16, size.width - 260)}px`, top: `${Math.max(0, drag.y - 44)}px` }}>{price?.text ?? t('edit.pricing')}</div>}
      {tip && <div class="map-tip" style={{ left: `${Math.min(tip.x + 14, size.width - 240)}px`, top: `${Math.max(0, tip.y - 56)}px` }}>{tip.text}</div>}
    </div>
  );
}
