import type { TerminalLoad } from '../api/contract';

/**
 * How full a terminal gets: what lies in it and what today's plan brings, against the boxes that can be used. Where that is more than there are, the plan counts on parcels being
 * collected before the courier comes (the planner promises what is free nine times in ten): `awaited` boxes of them, and the share stops at 1.
 */
export function fillOf(terminal: TerminalLoad): { occupied: number; planned: number; capacity: number; awaited: number; share: number } {
  const capacity = terminal.bySize.length > 0 ? terminal.bySize.reduce((sum, size) => sum + size.capacity, 0) : terminal.capacity;
  const occupied = terminal.bySize.reduce((sum, size) => sum + size.occupied, 0);
  const planned = Math.max(terminal.planned, terminal.bySize.reduce((sum, size) => sum + size.planned, 0));
  const awaited = capacity > 0 ? Math.max(0, occupied + planned - capacity) : 0;
  return { occupied, planned, capacity, awaited, share: capacity > 0 ? Math.min(1, (occupied + planned) / capacity) : 0 };
}
