import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, ApiError } from '../../api/client';
import { onLive } from '../../api/live';
import type { CourierWish, RosterCell, RosterJob, RosterView } from '../../api/roster-contract';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';

interface Draft { cells: RosterCell[]; wishes: CourierWish[] }

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
  const [job, setJob] = useState<RosterJob | null>(null);
  const revision = useRef(0);
  const queue = useRef(Promise.resolve());

  const take = useCallback((next: RosterView) => {
    revision.current = next.revision;
    setLocal(next);
    setJob(next.job);
  }, []);
  useEffect(() => { if (loaded.data?.firstDay === firstDay) take(loaded.data); }, [loaded.data, firstDay, take]);
  useEffect(() => setPast([]), [firstDay]);
  useEffect(() => onLive<{ firstDay: string }>('roster', (event) => { if (event.firstDay === firstDay) loaded.reload(); }), [firstDay, loaded.reload]);

  const view = local?.firstDay === firstDay ? local : null;
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
  }, [isSolving, path, loaded.reload]);

  function save(draft: Draft) {
    if (!view) return;
    setLocal({ ...view, ...draft });
    setSaving((n) => n + 1);
    queue.current = queue.current.then(async () => {
      try {
        take(await api.put<RosterView>(path, { revision: revision.current, ...draft }));
      } catch (error) {
        toast.problem(error);
        if (error instanceof ApiError) loaded.reload();
      } finally {
        setSaving((n) => n - 1);
      }
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
        setJob(await api.post<RosterJob>(`${path}/solve`, { revision: revision.current, seconds }));
      } catch (error) { toast.problem(error); }
    },
    cancel: async () => { try { setJob(await api.post<RosterJob>(`${path}/cancel`)); } catch (error) { toast.problem(error); } },
    publish: async (reason) => {
      await queue.current;
      try {
        take(await api.post<RosterView>(`${path}/publish`, { revision: revision.current, reason }));
        toast.ok(t('roster.published'));
      } catch (error) { toast.problem(error); }
    },
  };
}
