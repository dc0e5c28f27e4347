import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApiError } from '../../api/client';
import { onLive, onReconnect } from '../../api/live';
import type { MyRoute, MyRouteView, MyStop } from '../../api/my-route-contract';
import { day, me, setUrl, url, zone } from '../../app-state';
import { Icon, type IconName } from '../../components/icon';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx, type TextKey } from '../../i18n';
import { formatClock, formatDistance } from '../../model/format';
import { keepRoute, keptRoute } from '../../model/kept-day';
import { geoLink, isStopDone, nextStop, toggleDone } from '../../model/my-route';
import { routeLook } from '../../model/palette';
import { keepPage } from './keep-page';
import { RouteMap } from './route-map';
import { StopDetail } from './stop-detail';
import { useMarks } from './use-marks';

type View = 'list' | 'map';

/** What stands for a stop that is no delivery; deliveries have their numbers, as on the map. */
const MARKS: Partial<Record<MyStop['kind'], IconName>> = { start: 'intake', reload: 'intake', break: 'moon', end: 'pin' };

/** A courier's own day in one hand: the next stop with its one large button, all stops below it, the map a tap away. */
export function MyRoutePage() {
  const loaded = useData<MyRouteView>(`/api/my-route?day=${day.value}`);
  const fresh = loaded.data?.day === day.value ? loaded.data : null;
  const account = me.value?.name ?? '';
  useEffect(() => { if (fresh && !loaded.error) keepRoute(localStorage, account, fresh, Date.now()); }, [fresh]);
  useEffect(() => { if (me.value) keepPage(me.value.area); }, []);
  // A network that comes back, or a phone that is taken out of the pocket, is no news of the feed yet.
  useEffect(() => { addEventListener('online', loaded.reload); return () => removeEventListener('online', loaded.reload); }, [loaded.reload]);
  const isCut = loaded.error instanceof ApiError && loaded.error.problem.status === 0;
  const kept = useMemo(() => (isCut ? keptRoute(localStorage, account, day.value, Date.now()) : null), [isCut, account, day.value]);
  const data = fresh ?? kept?.route ?? null;
  const version = useRef<{ day: string; version: number | null } | null>(null);
  useEffect(() => {
    const ends = [onLive('plan', loaded.reload), onReconnect(loaded.reload)];
    return () => ends.forEach((end) => end());
  }, [loaded.reload]);
  useEffect(() => {
    if (!data) return;
    const before = version.current;
    if (before?.day === data.day && before.version !== null && data.version !== null && before.version !== data.version) toast.ok(t('myRoute.changed', { version: data.version }));
    version.current = data;
  }, [data]);

  if (loaded.error && !data) return <Problem error={loaded.error} onRetry={loaded.reload} />;
  if (!data) return <Loading />;
  if (data.state !== 'ready') return <Empty icon="truck" title={t(`myRoute.${data.state}`, { day: data.day })}>{t(`myRoute.${data.state}Hint`)}</Empty>;
  const asked = Number(url.value.values['route']);
  const route = data.routes.find((candidate) => candidate.routeNo === asked) ?? data.routes[0];
  return route ? <Route key={route.routeNo} route={route} routes={data.routes} day={data.day} keptAt={kept?.atUnixMs ?? null} /> : null;
}

function Route({ route, routes, day: onDay, keptAt }: { route: MyRoute; routes: MyRoute[]; day: string; /** When what is shown was read, while there is no network. */ keptAt: number | null }) {
  const [marks, setMarks] = useMarks(onDay);
  const [open, setOpen] = useState<number | null>(null);
  const view: View = url.value.values['view'] === 'map' ? 'map' : 'list';
  const isWide = useIsWide();
  const next = nextStop(route, marks);
  const work = route.stops.filter((stop) => stop.parcels.length > 0);
  const done = work.filter((stop) => isStopDone(route, stop, marks)).length;
  const clock = (instant: string | number) => formatClock(instant, zone.value);

  function finish(stop: MyStop) {
    setMarks(toggleDone(route, stop, marks));
    setOpen(null);
  }

  return (
    <div class={`my-route shows-${view}`}>
      <header class="my-head">
        {keptAt !== null && <p class="my-offline" role="status">{t('myRoute.offline', { time: clock(keptAt) })}</p>}
        {routes.length > 1
          ? <select class="my-plate" aria-label={t('myRoute.route')} value={String(route.routeNo)} onChange={(event) => setUrl({ route: event.currentTarget.value })}>{routes.map((item) => <option key={item.routeNo} value={String(item.routeNo)}>{item.plate} · {clock(item.start)}</option>)}</select>
          : <h1 class="my-plate"><i class="dot" style={{ background: routeLook(route.routeNo).colour }} />{route.plate}</h1>}
        <p class="num">{t('myRoute.facts', { from: clock(route.start), until: clock(route.end), parcels: route.parcels, distance: formatDistance(route.distanceMetres) })}{route.trips > 1 && ` · ${t('myRoute.trips', { n: route.trips })}`}</p>
        <div class="progress" role="progressbar" aria-valuemin={0} aria-valuemax={work.length} aria-valuenow={done} aria-label={t('myRoute.progress', { done, all: work.length })}><i style={{ width: `${(100 * done) / Math.max(1, work.length)}%` }} /></div>
        <p class="muted num">{t('myRoute.progress', { done, all: work.length })}</p>
        <Tabs<View> label={t('myRoute.views')} value={view} onChange={(to) => setUrl({ view: to === 'list' ? '' : to })} tabs={[{ id: 'list', label: t('myRoute.list') }, { id: 'map', label: t('myRoute.map') }]} />
      </header>
      <div class="my-list">
        {route.bans.length > 0 && <details class="my-bans"><summary>{t('myRoute.bans')} <span class="num">({route.bans.length})</span></summary><ul>{route.bans.map((ban) => <li key={`${ban.rule} ${ban.fromLocal}`}><b class="num">{ban.fromLocal}–{ban.untilLocal}</b> {ban.rule}</li>)}</ul></details>}
        {next
          ? <section class="my-next" aria-label={t('myRoute.next')}><p class="muted">{t('myRoute.next')}</p><h2>{titleOf(next)}{next.code && <small class="muted"> {next.code}</small>}</h2><StopDetail stop={next} />{next.kind !== 'break' && <a class="button my-go" href={geoLink(next)}>{t('myRoute.navigate')}</a>}</section>
          : <p class="my-next ok-text" role="status">{t('myRoute.allDone')}</p>}
        <h3>{t('myRoute.stops')}</h3>
        <ol class="my-stops">
          {route.stops.map((stop) => {
            const isDone = isStopDone(route, stop, marks);
            const isOpen = open === stop.stopNo;
            return (
              <li key={stop.stopNo} class={`my-stop ${isDone ? 'done' : ''} ${stop === next ? 'next' : ''}`}>
                <button class="my-stop-head" aria-expanded={isOpen} aria-current={stop === next ? 'step' : undefined} onClick={() => setOpen(isOpen ? null : stop.stopNo)}>
                  <span class="my-no num">{isDone ? <Icon name="check" size={16} /> : MARKS[stop.kind] ? <Icon name={MARKS[stop.kind] ?? 'pin'} size={16} /> : stop.stopNo}</span>
                  <span class="grow"><b>{titleOf(stop)}</b>{isDone && <span class="visually-hidden"> {t('myRoute.done')}</span>}<small class="muted num">{countOf(stop)}</small></span>
                  <span class="num">{clock(stop.arrival)}</span>
                </button>
                {isOpen && <div class="my-stop-body">
                  <StopDetail stop={stop} />
                  <div class="actions">
                    {stop.kind !== 'break' && <a class="button" href={geoLink(stop)}>{t('myRoute.navigate')}</a>}
                    <button class="button my-see" onClick={() => setUrl({ view: 'map', stop: String(stop.stopNo) })}>{t('myRoute.onMap')}</button>
                    <button class="button" onClick={() => finish(stop)}>{isDone ? t('myRoute.undo') : t('myRoute.done')}</button>
                  </div>
                </div>}
              </li>
            );
          })}
        </ol>
        <p class="muted small">{t('myRoute.doneHint')}</p>
      </div>
      {(view === 'map' || isWide) && <div class="my-map"><RouteMap route={route} stopNo={Number(url.value.values['stop'] ?? NaN) || (next?.stopNo ?? null)} onSelect={(stopNo) => { setUrl({ stop: String(stopNo), view: '' }); setOpen(stopNo); }} /></div>}
      {next && <footer class="my-foot"><button class="button primary" onClick={() => finish(next)}>{t(`myRoute.act.${next.kind}` as TextKey)}</button></footer>}
    </div>
  );
}

const wide = matchMedia('(min-width: 900px)');

/** Whether list and map stand side by side. */
function useIsWide(): boolean {
  const [isWide, setWide] = useState(wide.matches);
  useEffect(() => {
    const follow = () => setWide(wide.matches);
    wide.addEventListener('change', follow);
    return () => wide.removeEventListener('change', follow);
  }, []);
  return isWide;
}

function titleOf(stop: MyStop): string {
  // Of a door the plan has the address without its number; who goes there has it whole.
  if (stop.kind === 'door' && stop.address) return stop.address;
  return stop.kind === 'terminal' || stop.kind === 'door' ? stop.placeName || tx('stopKind', stop.kind) : [tx('stopKind', stop.kind), stop.placeName].filter((part) => part !== '').join(' · ');
}

function countOf(stop: MyStop): string {
  if (stop.kind === 'start' || stop.kind === 'reload') return t('myRoute.load', { n: stop.loadParcels });
  return [...(stop.parcels.length > 0 ? [t('myRoute.parcels', { n: stop.parcels.length })] : []), ...(stop.takenOver > 0 ? [t('myRoute.takenOver', { n: stop.takenOver })] : [])].join(' · ');
}
