import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, ApiError } from '../../api/client';
import { onLive, onReconnect } from '../../api/live';
import type { CourierWish, RosterCell, RosterJob, RosterView } from '../../api/roster-contract';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';

interface Draft { cells: RosterCell[]; wishes: CourierWish[] }

/** What is known of a week: the newest revision that the host has told, and how many changes of the page it has not stored yet. */
interface Book { revision: number; waiting: number }

function bookOf(books: Map<string, Book>, firstDay: string): Book {
  const book = books.get(firstDay) ?? { revision: 0, waiting: 0 };
  books.set(firstDay, book);
  return book;
}

export interface RosterWork {
  view: RosterView | null; error: unknown; reload: () => void;
  job: RosterJob | null; isSolving: boolean; isSaving: boolean; canUndo: boolean;
  change: (draft: Partial<Draft>) => void; undo: () => void;
  solve: (seconds: number) => Promise<void>; cancel: () => Promise<void>; publish: (reason: string) => Promise<void>;
}

const POLL_MS = 1000;

/** The week's draft: a change shows at once, is saved in order, and can be undone; a solve is followed until it ends. */
export function useRoster(firstDay: string): RosterWork {
  const path = `/api/rosters/${firstDay}`;
  const loaded = useData<RosterView>(path);
  const [local, setLocal] = useState<RosterView | null>(null);
  const [past, setPast] = useState<Draft[]>([]);
  const [saving, setSaving] = useState(0);
  const [solving, setSolving] = useState<{ firstDay: string; job: RosterJob | null }>({ firstDay, job: null });
  const books = useRef(new Map<string, Book>());
  const queue = useRef(Promise.resolve());
  const setJob = useCallback((job: RosterJob | null) => setSolving({ firstDay, job }), [firstDay]);

  const take = useCallback((next: RosterView) => {
    const book = bookOf(books.current, next.firstDay);
    // An answer that left the host before a change of ours was stored knows less than the page does.
    if (book.waiting > 0 || next.revision < book.revision) return;
    book.revision = next.revision;
    setLocal(next);
    // Only the job itself says that it has ended; a view may have been written before it began.
    setSolving((old) => (old.firstDay === next.firstDay && old.job?.state === 'running' ? old : { firstDay: next.firstDay, job: next.job }));
  }, []);
  useEffect(() => { if (loaded.data?.firstDay === firstDay) take(loaded.data); }, [loaded.data, firstDay, take]);
  useEffect(() => setPast([]), [firstDay]);
  useEffect(() => onLive<{ firstDay: string }>('roster', (event) => { if (event.firstDay === firstDay) loaded.reload(); }), [firstDay, loaded.reload]);
  useEffect(() => onReconnect(loaded.reload), [loaded.reload]);

  const view = local?.firstDay === firstDay ? local : null;
  const job = solving.firstDay === firstDay ? solving.job : null;
  const isSolving = job?.state === 'running';
  useEffect(() => {
    if (!isSolving) return;
    const timer = setInterval(() => {
      api.get<RosterJob>(`${path}/job`).then((next) => {
        setJob(next);
        if (next.state === 'running') return;
        if (next.message) toast.problem(new Error(next.message));
        loaded.reload();
      }, () => undefined);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isSolving, path, loaded.reload, setJob]);

  function save(draft: Draft) {
    if (!view) return;
    setLocal({ ...view, ...draft });
    setSaving((n) => n + 1);
    const book = bookOf(books.current, firstDay);
    book.waiting++;
    queue.current = queue.current.then(async () => {
      let next: RosterView | null = null;
      try {
        next = await api.put<RosterView>(path, { revision: book.revision, ...draft });
        book.revision = next.revision;
      } catch (error) {
        toast.problem(error);
        if (error instanceof ApiError) loaded.reload();
      }
      book.waiting--;
      setSaving((n) => n - 1);
      // While later changes wait, what is on the screen is newer than this answer.
      if (next) take(next);
    });
  }

  return {
    view, error: loaded.error, reload: loaded.reload, job, isSolving, isSaving: saving > 0, canUndo: past.length > 0,
    change: (draft) => {
      if (!view || isSolving) return;
      setPast((old) => [...old.slice(-49), { cells: view.cells, wishes: view.wishes }]);
      save({ cells: draft.cells ?? view.cells, wishes: draft.wishes ?? view.wishes });
    },
    undo: () => {
      const last = past[past.length - 1];
      if (!last || isSolving) return;
      setPast((old) => old.slice(0, -1));
      save(last);
    },
    solve: async (seconds) => {
      await queue.current;
      try {
        if (view) setPast((old) => [...old.slice(-49), { cells: view.cells, wishes: view.wishes }]);
        setJob(await api.post<RosterJob>(`${path}/solve`, { revision: bookOf(books.current, firstDay).revision, seconds }));
      } catch (error) { toast.problem(error); }
    },
    cancel: async () => { try { setJob(await api.post<RosterJob>(`${path}/cancel`)); } catch (error) { toast.problem(error); } },
    publish: async (reason) => {
      await queue.current;
      try {
        take(await api.post<RosterView>(`${path}/publish`, { revision: bookOf(books.current, firstDay).revision, reason }));
        toast.ok(t('roster.published'));
      } catch (error) { toast.problem(error); }
    },
  };
}
