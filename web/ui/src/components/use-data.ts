import { useCallback, useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';

export interface Loaded<T> { data: T | null; error: unknown; isLoading: boolean; reload: () => void; set: (data: T) => void }

/** Loads a GET path and keeps the old data while a newer answer is on its way; null path loads nothing. */
export function useData<T>(path: string | null): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: unknown; isLoading: boolean; path: string | null }>({ data: null, error: null, isLoading: path !== null, path });
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (path === null) {
      setState({ data: null, error: null, isLoading: false, path });
      return;
    }
    const abort = new AbortController();
    setState((old) => ({ data: old.data, error: null, isLoading: true, path }));
    api.get<T>(path, abort.signal).then(
      (data) => { if (!abort.signal.aborted) setState({ data, error: null, isLoading: false, path }); },
      (error: unknown) => { if (!abort.signal.aborted) setState((old) => ({ data: old.data, error, isLoading: false, path })); },
    );
    return () => abort.abort();
  }, [path, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((data: T) => setState((old) => ({ ...old, data, error: null })), []);
  return { data: state.data, error: state.error, isLoading: state.isLoading, reload, set };
}
