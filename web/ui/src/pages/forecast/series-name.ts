import type { Network } from '../../api/contract';

/** A series' key – terminal|partner|size, the terminal "door" for doors – in the names people know; what is not known stays as it is. */
export function seriesName(key: string, network: Pick<Network, 'terminals' | 'partners'>, door: string): string {
  const [terminal = '', partner = '', size = ''] = key.split('|');
  const parts = [
    terminal === 'door' ? door : network.terminals.find((item) => item.id === terminal)?.name ?? terminal,
    network.partners.find((item) => item.id === partner)?.name ?? partner,
    size,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
