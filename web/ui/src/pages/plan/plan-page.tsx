import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, query } from '../../api/client';
import type { EditPrice, Network, PlanEdit, PlanParcel, PlanSummary, PlanView, RouteView, TerminalLoad } from '../../api/contract';
import { onLive, onReconnect } from '../../api/live';
import type { RepairProposal } from '../../api/repair-contract';
import { canEdit, day, me, setUrl, url } from '../../app-state';
import { WorkPanes } from '../../components/panes';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import type { CityMap, MapHit } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { ruleInWords } from '../../model/rule-words';
import { formatSelection, NOTHING, parseSelection, type Selection } from '../../model/selection';
import { fillOf } from '../../model/terminal-load';
import { TerminalFill } from '../board/terminal-fill';
import { EditPreview } from './edit-preview';
import { Inspector } from './inspector';
import { reasonOf } from './left-out';
import { ParcelList, RouteList, UnassignedList } from './lists';
import { PlanToolbar } from './plan-toolbar';
import { RepairPanel } from './repair-panel';
import { SolvePanel } from './solve-panel';
import { Timeline } from './timeline';
import { useSolve } from './use-solve';
import { useWarmPrices } from './use-warm-prices';

type ListTab = 'routes' | 'unassigned' | 'parcels' | 'terminals';

/** Map, list, timeline and inspector over one plan version; a selection anywhere is a selection everywhere. */
export function PlanPage() {
  const plans = useData<PlanSummary[]>(`/api/plans${query({ day: day.value })}`);
  const network = useData<Network>('/api/network');
  const chosen = url.value.values['v'] ?? plans.data?.find((plan) => plan.state === 'published')?.id ?? plans.data?.[0]?.id ?? null;
  const view = useData<PlanView>(chosen ? `/api/plans/${chosen}` : null);
  const parcels = useData<PlanParcel[]>(chosen ? `/api/plans/${chosen}/parcels` : null);
  const solve = useSolve(day.value, (job, planId, isMine) => {
    // Ours opens by itself; a colleague's, or one of a day that was left meanwhile, must not take away what is being looked at.
    if (job.day === day.value && (isMine || !chosen)) setUrl({ v: planId }, true);
    else {
      if (chosen) setUrl({ v: chosen });
      toast.ok(t('plan.newVersion', { day: job.day }));
    }
    plans.reload();
  });
  const [map, setMap] = useState<CityMap | null>(null);
  const [hoverRoute, setHoverRoute] = useState<number | null>(null);
  const [preview, setPreview] = useState<{ edits: PlanEdit[]; price: EditPrice | null } | null>(null);
  const [isReporting, setReporting] = useState(false);
  const [proposal, setProposal] = useState<RepairProposal | null>(null);
  const mapRef = useRef<CityMap | null>(null);
  mapRef.current = map;

  const plan = chosen ? view.data : null;
  const selection = useMemo(() => parseSelection(url.value.values['sel']), [url.value.values['sel']]);
  const tab = (url.value.values['tab'] as ListTab | undefined) ?? 'routes';
  const select = (next: Selection) => setUrl({ sel: formatSelection(next) });
  const isSolving = solve.isRunning && solve.job?.day === day.value;
  const solving = isSolving ? solve.job?.preview ?? null : null;
  const isEditable = canEdit.value && plan !== null && plan.summary.state === 'draft' && !plan.isRepair;
  const isWarming = useWarmPrices(isEditable ? plan.summary.id : null);
  const shown = proposal && plan && proposal.planId === plan.summary.id ? proposal : null;

  useEffect(() => onLive('plan', () => { plans.reload(); }), [plans.reload]);
  useEffect(() => onReconnect(plans.reload), [plans.reload]);
  useEffect(() => { if (map && network.data) { map.setZones(network.data.accessRules); map.setHubs(network.data.hubs); } }, [map, network.data]);
  useEffect(() => {
    if (!map) return;
    if (solving) map.setPreview(solving);
    else if (plan) { map.setRoutes(shown ? shown.routes : plan.routes); map.setBefore(shown ? plan.routes.filter((route) => shown.routes.some((changed) => changed.routeNo === route.routeNo)) : []); map.setUnassigned(plan.unassigned); map.setTerminals(plan.terminals); }
    else { map.setRoutes([]); map.setBefore([]); map.setUnassigned([]); map.setTerminals([]); }
  }, [map, plan, solving, shown]);
  useEffect(() => map?.select({ ...selection, routeNo: selection.routeNo ?? hoverRoute }), [map, selection, hoverRoute, plan]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => { if (event.key === 'Escape' && !(event.target as HTMLElement).closest('dialog, input')) select(NOTHING); };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const askPrice = (edits: PlanEdit[]) => api.post<EditPrice>(`/api/plans/${plan?.summary.id ?? ''}/price`, edits);

  /** Shows the price of an edit before anything is changed. */
  async function propose(edits: PlanEdit[]) {
    if (!plan) return;
    setPreview({ edits, price: null });
    try {
      setPreview({ edits, price: await askPrice(edits) });
    } catch (error) {
      setPreview(null);
      toast.problem(error);
    }
  }

  async function accept(edits: PlanEdit[]) {
    if (!plan) return;
    setPreview(null);
    try {
      const next = await api.post<PlanSummary>(`/api/plans/${plan.summary.id}/edit`, edits);
      plans.reload();
      setUrl({ v: next.id }, true);
      toast.ok(t('plan.edited', { version: next.version }));
    } catch (error) {
      toast.problem(error);
    }
  }

  function onHit(hit: MapHit | null) {
    if (!hit) select(NOTHING);
    else if (hit.kind === 'route') select({ ...NOTHING, routeNo: hit.routeNo });
    else if (hit.kind === 'stop') select({ ...NOTHING, routeNo: hit.routeNo, stopNo: hit.stopNo });
    else if (hit.kind === 'terminal') select({ ...NOTHING, terminalId: hit.id });
    else if (hit.kind === 'unassigned') { select({ ...NOTHING, parcelId: hit.id }); setUrl({ tab: 'unassigned' }); }
    else select(NOTHING);
  }

  function describe(hit: MapHit): string | null {
    if (hit.kind === 'zone') { const rule = network.data?.accessRules.find((candidate) => candidate.id === hit.id); return rule ? ruleInWords(rule) : null; }
    if (hit.kind === 'terminal') { const terminal = plan?.terminals.find((candidate) => candidate.terminalId === hit.id); return terminal ? `${terminal.name}\n${t('plan.fillTip', fillOf(terminal))}${awaitedText(terminal)}\n${terminal.bySize.map((size) => `${size.size} ${size.occupied + size.planned}/${size.capacity}`).join('  ')}` : null; }
    if (hit.kind === 'unassigned') { const item = plan?.unassigned.find((candidate) => candidate.parcelId === hit.id); return item ? `${item.waybill}\n${reasonOf(item)}` : null; }
    if (hit.kind === 'hub') return network.data?.hubs.find((hub) => hub.id === hit.id)?.name ?? null;
    if (hit.kind === 'device') return null;
    const route = plan?.routes.find((candidate) => candidate.routeNo === hit.routeNo);
    if (!route) return null;
    const stop = hit.kind === 'stop' ? route.stops.find((candidate) => candidate.stopNo === hit.stopNo) : undefined;
    return stop ? `${route.plate} · ${stop.stopNo}. ${stop.placeName}` : `${route.plate}${route.courier ? ` · ${route.courier}` : ''} · ${t('plan.parcelsN', { n: route.parcels })}`;
  }

  if (plans.error && !plans.data) return <Problem error={plans.error} onRetry={plans.reload} />;
  if (!plans.data) return <Loading />;

  const isToday = day.value === me.value?.today;
  const zoomTo = (routeNo: number) => { const route = plan?.routes.find((candidate) => candidate.routeNo === routeNo); if (route) mapRef.current?.fitRoute(route); };
  return (
    <div class="plan-page">
      <PlanToolbar plans={plans.data} plan={plan} solve={solve} isWarming={isWarming} onIncident={() => setReporting(true)} onChanged={() => { plans.reload(); view.reload(); }} />
      {solve.job && solve.isVisible && <SolvePanel solve={solve} />}
      <WorkPanes
        left={plan ? (
          <>
            <Tabs<ListTab> label={t('plan.lists')} value={tab} onChange={(next) => setUrl({ tab: next })} tabs={[
              { id: 'routes', label: t('plan.routes'), count: plan.routes.length },
              { id: 'unassigned', label: t('plan.unassigned'), count: plan.unassigned.length },
              { id: 'parcels', label: t('plan.parcels'), count: parcels.data?.length ?? null },
              { id: 'terminals', label: t('plan.terminals'), count: plan.terminals.length },
            ]} />
            {tab === 'routes' && <RouteList plan={plan} selection={selection} onSelect={(routeNo) => select({ ...NOTHING, routeNo })} onHover={setHoverRoute} onOpen={zoomTo} />}
            {tab === 'unassigned' && <UnassignedList plan={plan} network={network.data} selection={selection} onSelect={(parcelId) => select({ ...NOTHING, parcelId })} />}
            {tab === 'parcels' && <ParcelList parcels={parcels.data ?? []} plan={plan} network={network.data} onSelect={(parcel) => select({ ...NOTHING, routeNo: parcel.routeNo, stopNo: parcel.stopNo })} />}
            {tab === 'terminals' && <TerminalFill terminals={plan.terminals} selected={selection.terminalId} onSelect={(terminalId) => select({ ...NOTHING, terminalId })} />}
          </>
        ) : view.isLoading ? <Loading /> : view.error ? <Problem error={view.error} onRetry={view.reload} /> : (
          <Empty icon="plan" title={isSolving ? t('plan.solving') : t('plan.none')}>{solving ? t('plan.solvingHint') : isSolving ? t('plan.solvingSoon') : t('plan.noneHint')}</Empty>
        )}
        middle={<MapView label={t('plan.map')} onReady={setMap} onSelect={onHit} onHover={(hit) => setHoverRoute(hit && 'routeNo' in hit ? hit.routeNo : null)} describe={describe} />}
        right={plan && isReporting ? (
          <RepairPanel plan={plan} selection={selection} map={map} proposal={shown} onProposal={setProposal} onClose={() => { setReporting(false); setProposal(null); }}
            onSelectRoute={(plate) => { const route = plan.routes.find((candidate) => candidate.plate === plate); if (route) select({ ...NOTHING, routeNo: route.routeNo }); }}
            onAccepted={(next) => { setReporting(false); setProposal(null); plans.reload(); setUrl({ v: next.id, sel: '' }, true); }} />
        ) : plan ? <Inspector plan={plan} parcels={parcels.data ?? []} network={network.data} selection={selection} isEditable={isEditable} onSelect={select} onPropose={(edits) => void propose(edits)} onZoom={zoomTo} /> : <Empty icon="pin" title={t('plan.inspectorEmpty')} />}
        bottom={plan ? (
          <Timeline routes={preview?.price ? withRoutes(plan, preview.price.routes) : shown ? withRoutes(plan, shown.routes) : plan.routes} selection={selection} hoverRoute={hoverRoute} nowMs={isToday ? Date.now() : null} canDrag={isEditable}
            onSelect={(routeNo, stopNo) => select({ ...NOTHING, routeNo, stopNo })} onHover={setHoverRoute} onOpen={zoomTo}
            onMove={(move) => void propose([{ kind: 'moveStop', ...move }])} priceOf={(move) => askPrice([{ kind: 'moveStop', ...move }])} />
        ) : undefined}
      />
      {preview && plan && <EditPreview edits={preview.edits} price={preview.price} plan={plan} onPropose={(edits) => void propose(edits)} onAccept={() => void accept(preview.edits)} onClose={() => setPreview(null)} />}
    </div>
  );
}

/** The plan's routes with the changed ones in their place. */
function withRoutes(plan: PlanView, routes: readonly RouteView[]) {
  return plan.routes.map((route) => routes.find((changed) => changed.routeNo === route.routeNo) ?? route);
}

function awaitedText(terminal: TerminalLoad): string {
  const { awaited } = fillOf(terminal);
  return awaited > 0 ? `\n${t('plan.fillAwaited', { n: awaited })}` : '';
}
