/** Twelve hues that stay apart under the common colour-vision defects; a second round of routes gets dashes. */
export const HUES = ['#0072B2', '#D55E00', '#009E73', '#B0549A', '#A07800', '#2C6FD6', '#7A4FB5', '#C0392B', '#00838F', '#5D7F13', '#8A5A44', '#4A5A8C'] as const;

export interface RouteLook { colour: string; dash: number[] | null }

export function routeLook(routeNo: number): RouteLook {
  const index = Math.max(0, routeNo - 1);
  const round = Math.floor(index / HUES.length) % 3;
  return { colour: HUES[index % HUES.length] ?? HUES[0], dash: round === 0 ? null : round === 1 ? [3, 1.5] : [1, 1.2] };
}

/** Fill state of a terminal: calm below 70 %, warning to 95 %, full above. */
export function fillState(share: number): 'calm' | 'warn' | 'full' {
  return share < 0.7 ? 'calm' : share <= 0.95 ? 'warn' : 'full';
}
