import type { LonLat } from '../api/contract';

/** A polygon's corners as text, one `lon, lat` a line; without the last that closes it. */
export function formatCorners(corners: readonly LonLat[]): string {
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed = corners.length > 1 && first && last && first[0] === last[0] && first[1] === last[1];
  return (isClosed ? corners.slice(0, -1) : corners).map(([lon, lat]) => `${lon}, ${lat}`).join('\n');
}

/** Corners of such a text; null when there are fewer than three, or a line is none. */
export function parseCorners(text: string): LonLat[] | null {
  const corners = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => line.split(/[\s,;，；]+/).map(Number));
  const isCorner = (numbers: number[]): numbers is [number, number] => numbers.length === 2 && numbers.every(Number.isFinite) && Math.abs(numbers[0] ?? 181) <= 180 && Math.abs(numbers[1] ?? 91) <= 90;
  return corners.length >= 3 && corners.every(isCorner) ? corners : null;
}
