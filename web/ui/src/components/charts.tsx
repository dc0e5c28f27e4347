import { useEffect, useRef, useState } from 'preact/hooks';

/** Small SVG charts: axis titles, honest zero, values on hover and in a table for screen readers. */

/** Width of the element the chart sits in, so that text keeps its size whatever the pane's. */
export function useWidth(fallback: number) {
  const ref = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(fallback);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(160, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

export interface Segment { label: string; value: number; colour: string }

/** One stacked bar with its legend; the parts add up to the whole. */
export function StackedBar({ parts, label, format }: { parts: Segment[]; label: string; format: (value: number) => string }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <figure class="stacked" aria-label={label}>
      <div class="stacked-bar" aria-hidden="true">
        {parts.filter((part) => part.value > 0).map((part) => (
          <span key={part.label} style={{ flexGrow: part.value, background: part.colour }} title={`${part.label} ${format(part.value)}`} />
        ))}
        {total === 0 && <span class="stacked-none" />}
      </div>
      <ul class="legend">
        {parts.filter((part) => part.value > 0).map((part) => (
          <li key={part.label}><i style={{ background: part.colour }} />{part.label} <b class="num">{format(part.value)}</b></li>
        ))}
      </ul>
    </figure>
  );
}

export interface Bar { label: string; value: number; title?: string; isMarked?: boolean }

/** Vertical bars over an ordinal axis (days, classes). */
export function BarChart({ bars, height = 150, xTitle, yTitle, format }: { bars: Bar[]; height?: number; xTitle: string; yTitle: string; format: (value: number) => string }) {
  const [hover, setHover] = useState<number | null>(null);
  const { ref, width } = useWidth(600);
  const left = 46, bottom = 30, top = 20;
  const peak = niceCeiling(Math.max(1, ...bars.map((bar) => bar.value)));
  const step = (width - left) / Math.max(1, bars.length);
  const y = (value: number) => top + (height - top - bottom) * (1 - value / peak);
  const every = Math.ceil(bars.length / Math.max(1, Math.floor((width - left) / 52)));
  const shown = hover === null ? null : bars[hover];
  return (
    <figure class="chart" ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${yTitle} / ${xTitle}`} onMouseLeave={() => setHover(null)}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="grid" x1={left} x2={width} y1={y(peak * share)} y2={y(peak * share)} />
            <text class="tick" x={left - 6} y={y(peak * share) + 4} text-anchor="end">{format(peak * share)}</text>
          </g>
        ))}
        {bars.map((bar, index) => (
          <g key={bar.label} onMouseEnter={() => setHover(index)}>
            <rect class="hit" x={left + index * step} y={top} width={step} height={height - top - bottom} />
            <rect class={bar.isMarked ? 'bar marked' : 'bar'} x={left + index * step + step * 0.12} width={Math.max(1, step * 0.76)} y={y(bar.value)} height={Math.max(0, y(0) - y(bar.value))}>
              <title>{bar.title ?? `${bar.label}: ${format(bar.value)}`}</title>
            </rect>
            {index % every === 0 && <text class="tick" x={index === 0 && step < 40 ? left : left + index * step + step / 2} y={height - bottom + 13} text-anchor={index === 0 && step < 40 ? 'start' : 'middle'}>{bar.label}</text>}
          </g>
        ))}
        <text class="axis" x={left} y={height - 3}>{xTitle}</text>
        <text class="axis" x={left} y={10}>{yTitle}</text>
        {shown && <text class="axis" x={width} y={height - 3} text-anchor="end">{shown.title ?? `${shown.label}: ${format(shown.value)}`}</text>}
      </svg>
    </figure>
  );
}

export interface Point { x: number; y: number }

/** A line from its own minimum upwards (a cost curve), with the axis saying so. */
export function LineChart({ points, height = 120, xTitle, yTitle, formatX, formatY }: { points: Point[]; height?: number; xTitle: string; yTitle: string; formatX: (value: number) => string; formatY: (value: number) => string }) {
  const { ref, width } = useWidth(600);
  const left = 60, bottom = 30, top = 20;
  if (points.length === 0) return null;
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  const x0 = Math.min(...xs), x1 = Math.max(...xs, x0 + 1e-9);
  const low = Math.min(...ys), high = Math.max(...ys, low + 1);
  const px = (x: number) => left + ((width - left - 8) * (x - x0)) / (x1 - x0);
  const py = (y: number) => top + (height - top - bottom) * (1 - (y - low) / (high - low));
  // The best cost holds until the next improvement: a step line, not a slope.
  const path = points.map((point, index) => (index === 0 ? `M${px(point.x)} ${py(point.y)}` : `H${px(point.x)}V${py(point.y)}`)).join('');
  return (
    <figure class="chart" ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${yTitle} / ${xTitle}`}>
        {[low, (low + high) / 2, high].map((value) => (
          <g key={value}>
            <line class="grid" x1={left} x2={width} y1={py(value)} y2={py(value)} />
            <text class="tick" x={left - 6} y={py(value) + 4} text-anchor="end">{formatY(value)}</text>
          </g>
        ))}
        <path class="line" d={path} />
        {[x0, x1].map((value, index) => (
          <text key={index} class="tick" x={px(value)} y={height - bottom + 13} text-anchor={index === 0 ? 'start' : 'end'}>{formatX(value)}</text>
        ))}
        <text class="axis" x={left} y={10}>{yTitle}</text>
        <text class="axis" x={left} y={height - 3}>{xTitle}</text>
      </svg>
    </figure>
  );
}

function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  return ([1, 2, 3, 4, 5, 6, 8].find((nice) => lead <= nice) ?? 10) * power;
}

/** A thin gauge: planned share solid, and the rest of the capacity open. */
export function Gauge({ share, label }: { share: number; label: string }) {
  const state = share < 0.7 ? 'calm' : share <= 0.95 ? 'warn' : 'full';
  return (
    <span class={`gauge ${state}`} role="meter" aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100} aria-label={label} title={label}>
      <i style={{ width: `${Math.min(100, Math.round(share * 100))}%` }} />
    </span>
  );
}
