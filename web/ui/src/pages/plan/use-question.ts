import { useEffect, useRef, useState } from 'preact/hooks';

export interface Question<T> { answer: T | null; error: unknown; isAsking: boolean; ask: () => void; cancel: () => void }

/** A question that takes the host seconds: asked on demand, cancelled by hand or when its subject changes. */
export function useQuestion<T>(subject: string, send: (signal: AbortSignal) => Promise<T>): Question<T> {
  const [state, setState] = useState<{ answer: T | null; error: unknown; isAsking: boolean }>({ answer: null, error: null, isAsking: false });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    setState({ answer: null, error: null, isAsking: false });
    return () => abort.current?.abort();
  }, [subject]);

  async function ask() {
    const mine = (abort.current = new AbortController());
    setState({ answer: null, error: null, isAsking: true });
    try {
      const answer = await send(mine.signal);
      if (!mine.signal.aborted) setState({ answer, error: null, isAsking: false });
    } catch (error) {
      setState({ answer: null, error: mine.signal.aborted ? null : error, isAsking: false });
    }
  }

  return { ...state, ask: () => void ask(), cancel: () => abort.current?.abort() };
}
