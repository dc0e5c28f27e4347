import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { EditPrice } from '../../api/contract';

/** Has the host work out what prices of a plan's edits need as soon as the plan is open, so that the first drag answers at once; true while it does. */
export function useWarmPrices(planId: string | null): boolean {
  const [warming, setWarming] = useState<string | null>(null);
  useEffect(() => {
    if (planId === null) return;
    const abort = new AbortController();
    setWarming(planId);
    // What goes wrong here is told when a price is asked for.
    api.post<EditPrice>(`/api/plans/${planId}/price`, [], abort.signal).catch(() => undefined).finally(() => { if (!abort.signal.aborted) setWarming(null); });
    return () => abort.abort();
  }, [planId]);
  return planId !== null && warming === planId;
}
