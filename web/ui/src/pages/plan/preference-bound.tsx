import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreferenceBoundView } from '../../api/bound-contract';
import { api, query } from '../../api/client';
import { problemTitle } from '../../components/states';
import { t } from '../../i18n';
import { formatDistance, formatMoney, formatPercent } from '../../model/format';

const DRIVING_SECONDS = 15;

/** "The plan gives up 1.3 % of preference to save 4.1 % of driving": asked for, because the proof takes seconds; leaving the plan ends it. */
export function PreferenceBound({ planId }: { planId: string }) {
  const [state, setState] = useState<{ view?: PreferenceBoundView; error?: unknown; isAsking?: boolean }>({});
  const [hasDriving, setDriving] = useState(true);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    setState({});
    return () => abort.current?.abort();
  }, [planId]);

  async function ask() {
    const mine = (abort.current = new AbortController());
    setState({ isAsking: true });
    try {
      setState({ view: await api.get<PreferenceBoundView>(`/api/plans/${planId}/bound${query({ drivingSeconds: hasDriving ? DRIVING_SECONDS : null })}`, mine.signal) });
    } catch (error) {
      setState(mine.signal.aborted ? {} : { error });
    }
  }

  const { view } = state;
  return (
    <section aria-label={t('bound.title')}>
      <h3>{t('bound.title')}</h3>
      {state.isAsking ? (
        <p role="status">{t('bound.asking')} <button class="button" onClick={() => abort.current?.abort()}>{t('action.cancel')}</button></p>
      ) : !view ? (
        <p><button class="button" onClick={() => void ask()}>{t('bound.ask')}</button> <label class="inline"><input type="checkbox" checked={hasDriving} onChange={(event) => setDriving(event.currentTarget.checked)} />{t('bound.driving', { s: DRIVING_SECONDS })}</label></p>
      ) : <Answer view={view} />}
      {state.error !== undefined && <p class="form-error" role="alert">{problemTitle(state.error)}</p>}
    </section>
  );
}

function Answer({ view }: { view: PreferenceBoundView }) {
  const { driving } = view;
  const given = view.planFen - view.bestFen;
  const share = (part: number, whole: number) => formatPercent(part / Math.max(1, whole), 1);
  const isUnequal = driving !== null && driving.planUnassigned !== driving.preferredUnassigned;
  const saved = driving === null ? 0 : driving.preferredMetres - driving.planMetres;
  return (
    <>
      <p><b class="num">{given === 0 ? t('bound.same', { n: view.parcels }) : t('bound.gives', { share: share(given, view.bestFen), plan: formatMoney(view.planFen), best: formatMoney(view.bestFen) })}</b>{view.outcome !== 'optimal' && <small class="muted"> {t('bound.unproven')}</small>}</p>
      {driving && <p class="num">{t(saved >= 0 ? 'bound.saves' : 'bound.costs', { share: share(saved, driving.preferredMetres), plan: formatDistance(driving.planMetres), other: formatDistance(driving.preferredMetres) })}{isUnequal && <small class="warn-text"> · {t('bound.unequal', { other: driving.preferredUnassigned, plan: driving.planUnassigned })}</small>}</p>}
      <p class="muted small num">{t('bound.walk', { plan: formatDistance(Math.round(view.planWalkMetres / Math.max(1, view.parcels))), best: formatDistance(Math.round(view.bestWalkMetres / Math.max(1, view.parcels))) })}</p>
    </>
  );
}
