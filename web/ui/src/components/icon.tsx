/** 20 × 20 line icons of our own drawing; stroke follows the text colour. */
const PATHS = {
  board: 'M3 3h6v8H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 13h6v4H3z',
  intake: 'M10 2v9M6.5 7.5 10 11l3.5-3.5M3 12v5h14v-5',
  plan: 'M5 4.5a1.8 1.8 0 1 0 .01 0M15 15.5a1.8 1.8 0 1 0 .01 0M6.8 5H13a2.8 2.8 0 0 1 0 5.6H7a2.8 2.8 0 0 0 0 5.6h6',
  compare: 'M3 4h6v12H3zM11 4h6v12h-6zM5 8h2M13 12h2',
  network: 'M10 3v4M10 13v4M3 10h4M13 10h4M10 7a3 3 0 1 0 .01 0M4 4l3.5 3.5M16 4l-3.5 3.5M4 16l3.5-3.5M16 16l-3.5-3.5',
  devices: 'M3 3h14v14H3zM3 8h14M8 8v9M13 8v9',
  forecast: 'M3 16l4-5 3 3 7-9M13 5h4v4',
  roster: 'M3 5h14v12H3zM3 9h14M7 3v3M13 3v3M7 12h2M11 12h2M7 14.5h2',
  settings: 'M4 5h12M4 10h12M4 15h12M8 3.5v3M13 8.5v3M6 13.5v3',
  search: 'M8.5 3a5.5 5.5 0 1 0 .01 0M12.5 12.5 17 17',
  sun: 'M10 6.5a3.5 3.5 0 1 0 .01 0M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  moon: 'M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z',
  user: 'M10 3.5a3 3 0 1 0 .01 0M4 17c.5-4 3-5.5 6-5.5s5.500 1.5 6 5.5',
  close: 'M5 5l10 10M15 5 5 15',
  play: 'M6 4l10 6-10 6z',
  stop: 'M5 5h10v10H5z',
  lock: 'M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9',
  check: 'M4 10.500l4 4 8-9',
  warn: 'M10 3l8 14H2zM10 8v4M10 14.200v.6',
  down: 'M5 8l5 5 5-5',
  print: 'M6 7V3h8v4M4 7h12v7h-2M6 14H4M6 11h8v6H6z',
  download: 'M10 3v9M6.500 8.500 10 12l3.500-3.500M4 16h12',
  plus: 'M10 4v12M4 10h12',
  pin: 'M10 2.500a5 5 0 0 1 5 5c0 4-5 10-5 10s-5-6-5-10a5 5 0 0 1 5-5zM10 6a1.700 1.700 0 1 0 .01 0',
  truck: 'M2 5h9v8H2zM11 8h4l3 3v2h-7zM5.500 13a1.700 1.700 0 1 0 .01 0M14.500 13a1.700 1.700 0 1 0 .01 0',
  exit: 'M8 3H4v14h4M9 10h8M14 7l3 3-3 3',
  keyboard: 'M2 5h16v10H2zM5 8h.5M8 8h.5M11 8h.5M14 8h.5M6 12h8',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
