import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { Page } from '../api/contract';
import { toast } from './toasts';
import { useData } from './use-data';

export interface Paged<T> { rows: T[] | null; total: number; hasMore: boolean; error: unknown; reload: () => void; loadMore: () => Promise<void> }

/** A list that the server gives page by page: the first at once, the next when asked for. The path has a query already. */
export function usePaged<T>(path: string): Paged<T> {
  const first = useData<Page<T>>(path);
  const [more, setMore] = useState<T[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const current = useRef(first.data);
  current.current = first.data;
  useEffect(() => { setMore([]); setNext(first.data?.next ?? null); }, [first.data]);

  async function loadMore() {
    if (!next) return;
    const asked = first.data;
    try {
      const page = await api.get<Page<T>>(`${path}&after=${encodeURIComponent(next)}`);
      // An answer to a list that is no longer shown is let go.
      if (current.current !== asked) return;
      setMore((old) => [...old, ...page.items]);
      setNext(page.next);
    } catch (error) { toast.problem(error); }
  }

  return { rows: first.data && [...first.data.items, ...more], total: first.data?.total ?? 0, hasMore: next !== null, error: first.error, reload: first.reload, loadMore };
}
