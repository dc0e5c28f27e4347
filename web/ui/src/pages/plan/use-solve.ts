import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { SolveJob, SolveRequest } from '../../api/contract';
import { onLive } from '../../api/live';
import { toast } from '../../components/toasts';

const RUNNING: readonly SolveJob['state'][] = ['queued', 'building', 'solving', 'checking', 'storing'];

export interface Solve {
  job: SolveJob | null;
  isRunning: boolean;
  isVisible: boolean;
  start: (request: SolveRequest) => Promise<void>;
  cancel: () => Promise<void>;
  dismiss: () => void;
}

/** The day's solve, started here or by a colleague: followed over the live feed, and polled when the feed is down. */
export function useSolve(day: string, onDone: (job: SolveJob, planId: string, isMine: boolean) => void): Solve {
  const [job, setJob] = useState<SolveJob | null>(null);
  const [isVisible, setVisible] = useState(false);
  const current = useRef<SolveJob | null>(null);
  const mine = useRef(new Set<string>());
  const latest = useRef({ day, onDone });
  latest.current = { day, onDone };

  function take(next: SolveJob) {
    const before = current.current;
    const isMine = mine.current.has(next.id);
    if (before && before.id === next.id && !RUNNING.includes(before.state)) return;
    // A colleague's solve of another day is none of this page's business, nor does one hide a solve of our own.
    if (!isMine && (next.day !== latest.current.day || (before && mine.current.has(before.id) && RUNNING.includes(before.state)))) return;
    // The feed sends the lines only when they changed.
    if (before?.id === next.id && next.preview === null && RUNNING.includes(next.state)) next = { ...next, preview: before.preview };
    current.current = next;
    setJob(next);
    if (RUNNING.includes(next.state)) setVisible(true);
    if (!RUNNING.includes(next.state) && next.planId && before?.planId !== next.planId) {
      latest.current.onDone(next, next.planId, isMine);
      setTimeout(() => setVisible(false), 2500);
    }
  }

  useEffect(() => onLive<SolveJob>('solve', take), []);
  useEffect(() => {
    const timer = setInterval(() => {
      const running = current.current;
      if (running && RUNNING.includes(running.state)) api.get<SolveJob>(`/api/plans/solve/${running.id}`).then(take, () => undefined);
    }, 1500);
    return () => clearInterval(timer);
  }, []);

  return {
    job,
    isVisible: isVisible && job?.day === day,
    isRunning: job !== null && job.day === day && RUNNING.includes(job.state),
    start: async (request) => {
      try {
        const started = await api.post<SolveJob>('/api/plans/solve', request);
        mine.current.add(started.id);
        const heard = current.current;
        // The feed may have told its end before the answer to its start was here.
        if (heard?.id === started.id && heard.planId) latest.current.onDone(heard, heard.planId, true);
        else take(started);
      } catch (error) { toast.problem(error); }
    },
    cancel: async () => {
      const running = current.current;
      if (!running) return;
      try { await api.post(`/api/plans/solve/${running.id}/cancel`); } catch (error) { toast.problem(error); }
    },
    dismiss: () => setVisible(false),
  };
}
