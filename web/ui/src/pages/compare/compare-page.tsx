import { useEffect, useState } from 'preact/hooks';
import { query } from '../../api/client';
import type { Network, PlanComparison, PlanSummary, PlanView } from '../../api/contract';
import { day, language, setUrl, url, zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Empty, Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { formatClock, formatCount, formatDistance, formatDuration, formatMoney, signed, runningFen } from '../../model/format';

/** Two plans side by side: the same view on two maps, and every number with its difference. */
export function ComparePage() {
  const plans = useData<PlanSummary[]>(`/api/plans${query({ day: day.value })}`);
  const a = url.value.values['a'] ?? plans.data?.[1]?.id ?? null;
  const b = url.value.values['b'] ?? plans.data?.[0]?.id ?? null;
  const comparison = useData<PlanComparison>(a && b && a !== b ? `/api/plans/compare${query({ a, b })}` : null);

  if (plans.error) return <Problem error={plans.error} onRetry={plans.reload} />;
  if (!plans.data) return <Loading />;
  if (plans.data.length < 2) return <Empty icon="compare" title={t('compare.needTwo')}>{t('compare.needTwoHint')}</Empty>;
  const choose = (name: 'a' | 'b', value: string | null) => (
    <select aria-label={t(`compare.${name}`)} value={value ?? ''} onChange={(event) => setUrl({ [name]: event.currentTarget.value }, true)}>
      {plans.data?.map((plan) => <option key={plan.id} value={plan.id}>v{plan.version} · {tx('planState', plan.state)} · {formatClock(plan.createdAt, zone.value)} · {formatMoney(runningFen(plan))}</option>)}
    </select>
  );
  return (
    <div class="compare">
      <header class="toolbar"><span class="choice"><b class="tag-a">A</b>{choose('a', a)}</span><span class="choice"><b class="tag-b">B</b>{choose('b', b)}</span>{comparison.data && <span class="muted num">{t('compare.moved', { moved: comparison.data.movedParcels, option: comparison.data.changedOption, onlyA: comparison.data.onlyInA, onlyB: comparison.data.onlyInB })}</span>}</header>
      <TwinMaps a={a} b={b} />
      {comparison.error ? <Problem error={comparison.error} onRetry={comparison.reload} /> : comparison.data ? <Numbers comparison={comparison.data} /> : a === b ? <Empty icon="compare" title={t('compare.same')} /> : <Loading />}
    </div>
  );
}

function TwinMaps({ a, b }: { a: string | null; b: string | null }) {
  const viewA = useData<PlanView>(a ? `/api/plans/${a}` : null);
  const viewB = useData<PlanView>(b ? `/api/plans/${b}` : null);
  const network = useData<Network>('/api/network');
  const [maps, setMaps] = useState<{ a?: CityMap; b?: CityMap }>({});
  useEffect(() => { if (network.data) for (const map of [maps.a, maps.b]) { map?.setZones(network.data.accessRules); map?.setHubs(network.data.hubs); } }, [maps.a, maps.b, network.data]);
  useEffect(() => { if (maps.a && viewA.data) { maps.a.setRoutes(viewA.data.routes); maps.a.setTerminals(viewA.data.terminals); maps.a.setUnassigned(viewA.data.unassigned); } }, [maps.a, viewA.data]);
  useEffect(() => { if (maps.b && viewB.data) { maps.b.setRoutes(viewB.data.routes); maps.b.setTerminals(viewB.data.terminals); maps.b.setUnassigned(viewB.data.unassigned); } }, [maps.b, viewB.data]);
  // The map a person moves leads; the other follows and does not answer back.
  useEffect(() => {
    const { a: left, b: right } = maps;
    if (!left || !right) return;
    let isFollowing = false;
    const link = (from: CityMap, to: CityMap) => { from.onView = () => { if (isFollowing) return; isFollowing = true; to.follow(from); isFollowing = false; }; };
    link(left, right);
    link(right, left);
  }, [maps.a, maps.b]);
  return (
    <div class="twin-maps">
      <div><span class="tag-a map-tag">A</span><MapView label={t('compare.mapA')} isViewInUrl={false} onReady={(map) => setMaps((old) => ({ ...old, a: map }))} /></div>
      <div><span class="tag-b map-tag">B</span><MapView label={t('compare.mapB')} isViewInUrl={false} onReady={(map) => setMaps((old) => ({ ...old, b: map }))} /></div>
    </div>
  );
}

function Numbers({ comparison }: { comparison: PlanComparison }) {
  const { a, b } = comparison;
  const count = (value: number) => formatCount(value, language.value);
  const rows: { label: string; a: number; b: number; format: (value: number) => string; isLowerBetter: boolean }[] = [
    { label: t('inspect.total'), a: runningFen(a), b: runningFen(b), format: formatMoney, isLowerBetter: true },
    { label: t('field.distance'), a: a.distanceMetres, b: b.distanceMetres, format: formatDistance, isLowerBetter: true },
    { label: t('board.workTime'), a: a.durationSeconds, b: b.durationSeconds, format: formatDuration, isLowerBetter: true },
    { label: t('board.vehicles'), a: a.vehicles, b: b.vehicles, format: count, isLowerBetter: true },
    { label: t('field.stops'), a: a.stops, b: b.stops, format: count, isLowerBetter: true },
    { label: t('board.assigned'), a: a.assigned, b: b.assigned, format: count, isLowerBetter: false },
    { label: t('plan.unassigned'), a: a.unassigned, b: b.unassigned, format: count, isLowerBetter: true },
    ...comparison.cost.filter((part) => part.aFen !== 0 || part.bFen !== 0).map((part) => ({ label: `${t('inspect.cost')} · ${tx('costPart', part.part)}`, a: part.aFen, b: part.bFen, format: formatMoney, isLowerBetter: true })),
  ];
  return (
    <div class="compare-numbers">
      <section tabIndex={0} aria-label={t('compare.numbers')}>
        <table class="plain">
          <thead><tr><th>{t('compare.figure')}</th><th class="right tag-a">A</th><th class="right tag-b">B</th><th class="right">B − A</th><th class="right">%</th></tr></thead>
          <tbody>
            {rows.map((row) => {
              const change = row.b - row.a;
              const tone = change === 0 ? 'muted' : change < 0 === row.isLowerBetter ? 'ok-text' : 'bad-text';
              return <tr key={row.label}><td>{row.label}</td><td class="right num">{row.format(row.a)}</td><td class="right num">{row.format(row.b)}</td><td class={`right num ${tone}`}>{signed(change, row.format)}</td><td class={`right num ${tone}`}>{row.a === 0 ? '–' : signed((100 * change) / row.a, (value) => `${value.toFixed(1)} %`)}</td></tr>;
            })}
          </tbody>
        </table>
      </section>
      <DataTable label={t('compare.routes')} rows={comparison.routes} rowKey={(row) => row.plate} fileName="compare-routes"
        columns={[
          { key: 'plate', label: t('field.vehicle'), value: (row) => row.plate },
          { key: 'as', width: 74, label: `${t('field.stops')} A`, align: 'right', value: (row) => row.aStops },
          { key: 'bs', width: 74, label: `${t('field.stops')} B`, align: 'right', value: (row) => row.bStops },
          { key: 'ap', width: 74, label: `${t('field.parcels')} A`, align: 'right', value: (row) => row.aParcels },
          { key: 'bp', width: 74, label: `${t('field.parcels')} B`, align: 'right', value: (row) => row.bParcels },
          { key: 'am', width: 80, label: `${t('field.distance')} A`, align: 'right', value: (row) => row.aMetres, render: (row) => formatDistance(row.aMetres) },
          { key: 'bm', width: 80, label: `${t('field.distance')} B`, align: 'right', value: (row) => row.bMetres, render: (row) => formatDistance(row.bMetres) },
        ]} />
    </div>
  );
}
