import { useState } from 'preact/hooks';

const PREFIX = 'route.done.';

/** The stops ticked off on this device on a day; other days' ticks are forgotten. */
export function useMarks(day: string): [ReadonlySet<string>, (marks: ReadonlySet<string>) => void] {
  const [state, setState] = useState(() => ({ day, marks: read(day) }));
  const marks = state.day === day ? state.marks : read(day);
  return [marks, (next) => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && key !== PREFIX + day) localStorage.removeItem(key);
    localStorage.setItem(PREFIX + day, JSON.stringify([...next]));
    setState({ day, marks: next });
  }];
}

function read(day: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + day) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.filter((item) => typeof item === 'string') : []);
  } catch {
    return new Set();
  }
}
