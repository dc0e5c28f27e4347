import { useEffect, useRef, useState } from 'preact/hooks';

/** The value, followed at most once in so many milliseconds; the last one always comes through. */
export function usePaced<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<number | null>(null);
  const shownAt = useRef(-Infinity);
  newest.current = value;

  useEffect(() => {
    if (timer.current !== null) return;
    timer.current = window.setTimeout(() => {
      timer.current = null;
      shownAt.current = performance.now();
      setShown(newest.current);
    }, Math.max(0, shownAt.current + everyMs - performance.now()));
  }, [value, everyMs]);
  useEffect(() => () => { if (timer.current !== null) clearTimeout(timer.current); }, []);

  return shown;
}
