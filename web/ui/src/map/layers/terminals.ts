import type { LayerSpecification } from 'maplibre-gl';
import type { TerminalKind, TerminalLoad } from '../../api/contract';
import { fillOf } from '../../model/terminal-load';
import { collection, point } from '../geojson';
import type { MapLook } from '../look';

/** Terminals as small gauges: shape by kind, level by what lies there and is planned ÷ boxes in service, colour by state. */
export function terminalData(terminals: readonly TerminalLoad[]): GeoJSON.FeatureCollection {
  return collection(terminals.map((terminal) => {
    const { share } = fillOf(terminal);
    return point(terminal.at, { id: terminal.terminalId, name: terminal.name, icon: `terminal:${terminal.kind}:${Math.min(10, Math.ceil(share * 10))}`, share });
  }));
}

export function terminalLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'terminals', type: 'symbol', source: 'terminals', layout: { 'icon-image': ['get', 'icon'], 'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.42, 11, 0.6, 14, 1], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'symbol-sort-key': ['get', 'share'] } },
    { id: 'terminals-name', type: 'symbol', source: 'terminals', minzoom: 12.2, layout: { 'text-field': ['get', 'name'], 'text-size': 11.5, 'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-font': ['sans'], 'text-optional': true }, paint: { 'text-color': look.label, 'text-halo-color': look.halo, 'text-halo-width': 1.6 } },
  ];
}

const SIZE = 26, SCALE = 2;

/** Draws `terminal:{kind}:{level 0–10}`. */
export function terminalImage(name: string, isDark: boolean): { image: ImageData; pixelRatio: number } | null {
  const [, kind, levelText] = name.split(':') as [string, TerminalKind | undefined, string | undefined];
  const level = Number(levelText) / 10;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE * SCALE;
  const context = canvas.getContext('2d');
  if (!context || !kind || Number.isNaN(level)) return null;
  context.scale(SCALE, SCALE);
  const colour = level <= 0.7 ? (isDark ? '#4db6ac' : '#0a7d6c') : level <= 0.9 ? (isDark ? '#ffb74d' : '#b26a00') : isDark ? '#ff7d75' : '#c6322b';
  const shape = new Path2D();
  if (kind === 'locker') shape.roundRect(3, 3, 20, 20, 3);
  else if (kind === 'counter') shape.arc(13, 13, 10.5, 0, Math.PI * 2);
  else for (let corner = 0; corner < 6; corner++) {
    const angle = (Math.PI / 3) * corner - Math.PI / 2;
    shape[corner === 0 ? 'moveTo' : 'lineTo'](13 + 11.5 * Math.cos(angle), 13 + 11.5 * Math.sin(angle));
  }
  shape.closePath();
  context.fillStyle = isDark ? '#20272c' : '#ffffff';
  context.fill(shape);
  context.save();
  context.clip(shape);
  context.fillStyle = colour;
  context.fillRect(0, 2 + 22 * (1 - level), SIZE, SIZE);
  context.restore();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke(shape);
  return { image: context.getImageData(0, 0, SIZE * SCALE, SIZE * SCALE), pixelRatio: SCALE };
}
