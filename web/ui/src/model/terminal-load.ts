import type { TerminalLoad } from '../api/contract';

/** How full a terminal is: what lies in it and what today's plan brings, against the boxes that can be used. */
export function fillOf(terminal: TerminalLoad): { occupied: number; planned: number; capacity: number; share: number } {
  const capacity = terminal.bySize.length > 0 ? terminal.bySize.reduce((sum, size) => sum + size.capacity, 0) : terminal.capacity;
  const occupied = terminal.bySize.reduce((sum, size) => sum + size.occupied, 0);
  const planned = Math.max(terminal.planned, terminal.bySize.reduce((sum, size) => sum + size.planned, 0));
  return { occupied, planned, capacity, share: capacity > 0 ? (occupied + planned) / capacity : 0 };
}
