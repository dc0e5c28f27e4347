/** Map colours of the two themes; the same calm scale as the page's tokens. */
export interface MapLook {
  ground: string; land: string; outline: string; ring: string; label: string; halo: string; zone: string; bad: string; selected: string; line: string; good: string;
}

export const LIGHT: MapLook = { ground: '#e9edf0', land: '#f8f9f9', outline: '#b9c2c9', ring: '#cfd6db', label: '#5c6670', halo: '#ffffff', zone: '#b3261e', bad: '#c6322b', selected: '#11181d', line: '#7a8690', good: '#0a7d6c' };
export const DARK: MapLook = { ground: '#0f1316', land: '#181d21', outline: '#39434b', ring: '#2e373e', label: '#93a0aa', halo: '#12171a', zone: '#ff8a80', bad: '#ff7d75', selected: '#f4f7f9', line: '#6f7c86', good: '#4db6ac' };
