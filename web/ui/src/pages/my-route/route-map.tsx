import { useEffect, useState } from 'preact/hooks';
import type { MyRoute } from '../../api/my-route-contract';
import { t } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';

/** The route alone, its stops numbered, the one in question ringed. */
export function RouteMap({ route, stopNo, onSelect }: { route: MyRoute; stopNo: number | null; onSelect: (stopNo: number) => void }) {
  const [map, setMap] = useState<CityMap | null>(null);
  useEffect(() => {
    map?.setRoutes([route]);
  }, [map, route]);
  useEffect(() => map?.fitRoute(route, true), [map, route.routeNo]);
  useEffect(() => map?.select({ routeNo: route.routeNo, stopNo }), [map, route, stopNo]);
  return (
    <MapView label={t('myRoute.mapLabel')} isViewInUrl={false} drawsZones={false} onReady={setMap} onSelect={(hit) => { if (hit?.kind === 'stop') onSelect(hit.stopNo); }}
      describe={(hit) => { const stop = hit.kind === 'stop' ? route.stops.find((candidate) => candidate.stopNo === hit.stopNo) : undefined; return stop ? `${stop.stopNo}. ${stop.placeName}` : null; }} />
  );
}
