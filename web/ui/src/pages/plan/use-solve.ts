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

/** One solve at a time: started here, followed over the live feed, and polled when the feed is down. */
export function useSolve(onDone: (planId: string) => void): Solve {
  const [job, setJob] = useState<SolveJob | null>(null);
  const [isVisible, setVisible] = useState(false);
  const current = useRef<SolveJob | null>(null);
  const done = useRef(onDone);
  done.current = onDone;

  function take(next: SolveJob) {
    const before = current.current;
    if (before && before.id === next.id && !RUNNING.includes(before.state)) return;
    // The feed sends the lines only when they changed.
    if (before?.id === next.id && next.preview === null && RUNNING.includes(next.state)) next = { ...next, preview: before.preview };
    current.current = next;
    setJob(next);
    if (RUNNING.includes(next.state)) setVisible(true);
    if (!RUNNING.includes(next.state) && next.planId && before?.planId !== next.planId) {
      done.current(next.planId);
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
    isVisible,
    isRunning: job !== null && RUNNING.includes(job.state),
    start: async (request) => {
      try { take(await api.post<SolveJob>('/api/plans/solve', request)); } catch (error) { toast.problem(error); }
    },
    cancel: async () => {
      const running = current.current;
      if (!running) return;
      try { await api.post(`/api/plans/solve/${running.id}/cancel`); } catch (error) { toast.problem(error); }
    },
    dismiss: () => setVisible(false),
  };
}
