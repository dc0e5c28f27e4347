import { useState } from 'preact/hooks';
import type { PlanEdit, RouteView, StopView } from '../../api/contract';
import { t, tx } from '../../i18n';

interface Props { routes: readonly RouteView[]; route: RouteView; stop: StopView; parcelIds: string[]; onPropose: (edits: PlanEdit[]) => void }

/** Anywhere a stop can be dragged, it can be sent from here: to another vehicle, or to another place of its own; wherever it costs least, or before a stop that is named. */
export function MoveStop({ routes, route, stop, parcelIds, onPropose }: Props) {
  const [target, setTarget] = useState('');
  const [before, setBefore] = useState('');
  const other = routes.find((candidate) => String(candidate.routeNo) === target);
  const isSameRoute = other?.routeNo === route.routeNo;
  const places = other ? other.stops.filter((candidate, index) => index > 0 && !(isSameRoute && (candidate.stopNo === stop.stopNo || candidate.stopNo === stop.stopNo + 1))) : [];

  function propose() {
    const toRoute = Number(target), at = Number(before);
    if (before === '') onPropose([{ kind: 'moveParcels', parcelIds, toRoute, position: -1 }]);
    // Further down its own route the stop leaves a gap behind it, so its index afterwards is one less.
    else onPropose([{ kind: 'moveStop', fromRoute: route.routeNo, stopNo: stop.stopNo, toRoute, position: isSameRoute && at > stop.stopNo ? at - 1 : at }]);
  }

  return (
    <>
      <select aria-label={t('edit.moveTo')} value={target} onChange={(event) => { setTarget(event.currentTarget.value); setBefore(''); }}>
        <option value="">{t('edit.moveTo')}</option>
        {routes.map((candidate) => <option key={candidate.routeNo} value={candidate.routeNo}>{candidate.routeNo === route.routeNo ? t('edit.sameRoute', { plate: candidate.plate }) : candidate.plate}</option>)}
      </select>
      {other && (
        <select aria-label={t('edit.position')} value={before} onChange={(event) => setBefore(event.currentTarget.value)}>
          <option value="">{isSameRoute ? t('edit.position') : t('edit.cheapest')}</option>
          {places.map((place) => <option key={place.stopNo} value={place.stopNo}>{t('edit.before', { stop: `${place.stopNo}. ${place.placeName || tx('stopKind', place.kind)}` })}</option>)}
        </select>
      )}
      <button class="button small" disabled={!other || (isSameRoute && before === '')} onClick={propose}>{t('edit.move')}</button>
    </>
  );
}
