import { useMemo, useState } from 'preact/hooks';
import type { Network, PlanEdit, PlanParcel, PlanView, RouteView, StopView } from '../../api/contract';
import { language, zone } from '../../app-state';
import { Gauge } from '../../components/charts';
import { Icon } from '../../components/icon';
import { t, tx } from '../../i18n';
import { formatClock, formatDistance, formatDuration, formatMoney, formatMoneyExact, formatPercent, formatWeight } from '../../model/format';
import { routeLook } from '../../model/palette';
import { NOTHING, type Selection } from '../../model/selection';
import { storedInWords } from './broken-rules';
import { WhyLeftOut, WhyThisVehicle } from './explain';
import { fillOf } from '../../model/terminal-load';
import { reasonOf, remedyOf } from './left-out';
import { MoveStop } from './move-stop';
import { PreferenceBound } from './preference-bound';
import { Takers } from './takers';

interface Props {
  plan: PlanView;
  parcels: readonly PlanParcel[];
  network: Network | null;
  selection: Selection;
  isEditable: boolean;
  onSelect: (selection: Selection) => void;
  onPropose: (edits: PlanEdit[]) => void;
  onZoom: (routeNo: number) => void;
}

/** What is selected, in full: a route, a stop, a terminal, a parcel left out – or the whole plan's cost. */
export function Inspector(props: Props) {
  const { plan, selection } = props;
  const route = plan.routes.find((candidate) => candidate.routeNo === selection.routeNo);
  const stop = route?.stops.find((candidate) => candidate.stopNo === selection.stopNo);
  if (route && stop) return <StopInspector {...props} route={route} stop={stop} />;
  if (route) return <RouteInspector {...props} route={route} />;
  if (selection.terminalId) return <TerminalInspector {...props} terminalId={selection.terminalId} />;
  if (selection.parcelId) return <UnassignedInspector {...props} parcelId={selection.parcelId} />;
  return <CostInspector {...props} />;
}

function CostInspector({ plan, network, isEditable, onPropose }: Props) {
  const parts = plan.cost.filter((part) => part.fen !== 0 && part.part !== 'unserved');
  const total = parts.reduce((sum, part) => sum + part.fen, 0);
  const peak = Math.max(1, ...parts.map((part) => Math.abs(part.fen)));
  const used = new Set(plan.routes.map((route) => route.vehicleId));
  const idle = network?.vehicles.filter((vehicle) => vehicle.isActive && !used.has(vehicle.id)) ?? [];
  return (
    <div class="inspector">
      <h2>{t('inspect.cost')}</h2>
      <table class="plain">
        <tbody>
          {parts.map((part) => (
            <tr key={part.part}><td>{tx('costPart', part.part)}</td><td class="bar-cell"><span class="mini-bar" style={{ width: `${(100 * Math.abs(part.fen)) / peak}%` }} /></td><td class="right num">{formatMoneyExact(part.fen)}</td></tr>
          ))}
          <tr class="total"><td colSpan={2}>{t('inspect.total')}</td><td class="right num">{formatMoneyExact(total)}</td></tr>
          {plan.summary.unservedFen > 0 && <tr class="muted"><td colSpan={2}>{t('inspect.unserved')}</td><td class="right num">{formatMoneyExact(plan.summary.unservedFen)}</td></tr>}
        </tbody>
      </table>
      <p class="muted small">{t('inspect.costHint')}</p>
      {plan.isRepair && <p class="note">{t('repair.running')}</p>}
      <PreferenceBound planId={plan.summary.id} />
      {plan.warnings.length > 0 && <><h3>{t('inspect.warnings')}</h3><ul class="problems">{plan.warnings.map((warning, index) => <li key={index} title={warning}>{storedInWords(warning)}</li>)}</ul></>}
      {plan.edits.length > 0 && <><h3>{t('inspect.edits', { n: plan.edits.length })}</h3><ul class="problems">{plan.edits.map((edit, index) => <li key={index}>{tx('editKind', edit.kind)}</li>)}</ul></>}
      {idle.length > 0 && <>
        <h3>{t('inspect.idle', { n: idle.length })}</h3>
        <ul class="chips">{idle.slice(0, 40).map((vehicle) => <li key={vehicle.id}><button class="chip" disabled={!isEditable} title={t('edit.addVehicle')} onClick={() => onPropose([{ kind: 'addVehicle', vehicleId: vehicle.id }])}>{vehicle.plate}</button></li>)}</ul>
      </>}
      <p class="muted small">{t('inspect.hint')}</p>
    </div>
  );
}

/** What of a route is neither driving nor serving nor waiting: loading at the hub, breaks. */
function restOf(route: RouteView): number {
  return Math.max(0, (Date.parse(route.end) - Date.parse(route.start)) / 1000 - route.driveSeconds - route.serviceSeconds - route.waitSeconds);
}

function RouteInspector({ plan, parcels, route, isEditable, onSelect, onPropose, onZoom }: Props & { route: RouteView }) {
  const clock = (instant: string) => formatClock(instant, zone.value);
  const locked = parcels.some((parcel) => parcel.routeNo === route.routeNo && parcel.isLocked);
  return (
    <div class="inspector">
      <h2><i class="dot" style={{ background: routeLook(route.routeNo).colour }} />{route.plate} <span class="muted">{route.courier ?? t('plan.noCourier')}</span></h2>
      <dl class="facts">
        <div><dt>{t('field.time')}</dt><dd class="num">{clock(route.start)}–{clock(route.end)} <span class="muted">({t('field.shift')} {clock(route.shiftStart)}–{clock(route.shiftEnd)})</span></dd></div>
        <div><dt>{t('field.distance')}</dt><dd class="num">{formatDistance(route.distanceMetres)}</dd></div>
        <div><dt>{t('field.driveServeWait')}</dt><dd class="num">{formatDuration(route.driveSeconds)} / {formatDuration(route.serviceSeconds)} / {formatDuration(route.waitSeconds)}</dd></div>
        <div><dt>{t('field.loadAndBreaks')}</dt><dd class="num">{formatDuration(restOf(route))}</dd></div>
        <div><dt>{t('field.parcels')}</dt><dd class="num">{route.parcels} · {t('plan.tripsN', { n: route.trips })}</dd></div>
        <div><dt>{t('field.cost')}</dt><dd class="num">{formatMoney(route.costFen)} <span class="muted">({t('inspect.perParcel', { each: formatMoney(route.costFen / Math.max(1, route.parcels)) })})</span></dd></div>
      </dl>
      <h3>{t('inspect.peak')}</h3>
      <dl class="facts">
        {([['grams', formatWeight(route.peakLoad.grams), route.peakLoad.gramsPct], ['ml', `${(route.peakLoad.ml / 1_000_000).toFixed(2)} m³`, route.peakLoad.mlPct], ['count', String(route.peakLoad.parcels), route.peakLoad.parcelsPct]] as const).map(([name, text, pct]) => (
          <div key={name}><dt>{tx('load', name)}</dt><dd class="fill-cell"><Gauge share={pct / 100} label={`${tx('load', name)} ${Math.round(pct)} %`} /><span class="num">{text} · {Math.round(pct)} %</span></dd></div>
        ))}
      </dl>
      <div class="actions">
        <button class="button small" onClick={() => onZoom(route.routeNo)}>{t('action.zoom')}</button>
        <a class="button small" href={`/api/plans/${plan.summary.id}/manifests/${route.routeNo}?language=${language.value}`} target="_blank" rel="noopener"><Icon name="print" size={13} /> {t('plan.manifest')}</a>
        {isEditable && <>
          <button class="button small" onClick={() => onPropose([{ kind: locked ? 'unlockRoute' : 'lockRoute', routeNo: route.routeNo }])}><Icon name="lock" size={13} /> {locked ? t('edit.unlockRoute') : t('edit.lockRoute')}</button>
          <button class="button small" onClick={() => onPropose([{ kind: 'reverse', routeNo: route.routeNo }])}>{t('edit.reverse')}</button>
          <button class="button small danger" onClick={() => onPropose([{ kind: 'removeVehicle', vehicleId: route.vehicleId }])}>{t('edit.removeVehicle')}</button>
        </>}
      </div>
      <h3>{t('field.stops')}</h3>
      <ol class="stops">
        {route.stops.map((stop) => (
          <li key={stop.stopNo} class={stop.slackSeconds < 0 ? 'late' : ''}>
            <button onClick={() => onSelect({ ...NOTHING, routeNo: route.routeNo, stopNo: stop.stopNo })}>
              <span class="num stop-time">{clock(stop.arrival)}</span>
              <span class={`stop-kind ${stop.kind}`} aria-hidden="true" />
              <span class="grow">{stop.placeName || tx('stopKind', stop.kind)}</span>
              {stop.takenOver > 0 && <small class="warn-text">{t('plan.takenOver', { n: stop.takenOver })}</small>}
              {stop.parcelIds.length > 0 && <span class="num muted">{stop.parcelIds.length}</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function StopInspector({ plan, parcels, route, stop, isEditable, onSelect, onPropose }: Props & { route: RouteView; stop: StopView }) {
  const clock = (instant: string) => formatClock(instant, zone.value);
  const here = useMemo(() => parcels.filter((parcel) => parcel.routeNo === route.routeNo && parcel.stopNo === stop.stopNo), [parcels, route, stop]);
  const ids = here.map((parcel) => parcel.parcelId);
  return (
    <div class="inspector">
      <button class="button quiet back" onClick={() => onSelect({ ...NOTHING, routeNo: route.routeNo })}>‹ {route.plate}</button>
      <h2>{stop.stopNo}. {stop.placeName || tx('stopKind', stop.kind)}</h2>
      <dl class="facts">
        <div><dt>{t('field.arrival')}</dt><dd class="num">{clock(stop.arrival)}</dd></div>
        {stop.start !== stop.arrival && <div><dt>{t('field.wait')}</dt><dd class="num">{formatDuration((Date.parse(stop.start) - Date.parse(stop.arrival)) / 1000)}</dd></div>}
        <div><dt>{t('field.departure')}</dt><dd class="num">{clock(stop.departure)}</dd></div>
        {stop.windowFrom && stop.windowUntil && <div><dt>{t('field.window')}</dt><dd class="num">{clock(stop.windowFrom)}–{clock(stop.windowUntil)} <span class={stop.slackSeconds < 0 ? 'bad-text' : 'muted'}>{t('plan.slack')} {formatDuration(stop.slackSeconds)}</span></dd></div>}
        <div><dt>{t('field.loadAfter')}</dt><dd class="num">{stop.loadParcels}</dd></div>
      </dl>
      {here.length > 0 && <WhyThisVehicle planId={plan.summary.id} routeNo={route.routeNo} stopNo={stop.stopNo} />}
      {isEditable && here.length > 0 && <Takers planId={plan.summary.id} routeNo={route.routeNo} stopNo={stop.stopNo} onPropose={onPropose} />}
      {isEditable && here.length > 0 && (
        <div class="actions">
          <MoveStop key={`${route.routeNo}.${stop.stopNo}`} routes={plan.routes} route={route} stop={stop} parcelIds={ids} onPropose={onPropose} />
          <button class="button small" onClick={() => onPropose([{ kind: 'lockParcels', parcelIds: ids, vehicleId: route.vehicleId }])}><Icon name="lock" size={13} /> {t('edit.lock')}</button>
          <button class="button small" onClick={() => onPropose([{ kind: 'forbid', parcelIds: ids, vehicleId: route.vehicleId }])}>{t('edit.forbid')}</button>
          <button class="button small danger" onClick={() => onPropose([{ kind: 'unassign', parcelIds: ids }])}>{t('edit.unassign')}</button>
        </div>
      )}
      {here.length > 0 && <>
        <h3>{t('field.parcels')} · {here.length}</h3>
        <table class="plain">
          <thead><tr><th>{t('field.waybill')}</th><th>{t('field.size')}</th><th class="right">{t('field.until')}</th></tr></thead>
          <tbody>{here.slice(0, 300).map((parcel) => <tr key={parcel.parcelId}><td>{parcel.isLocked && <Icon name="lock" size={11} />} {parcel.waybill}</td><td>{parcel.givenSize && parcel.givenSize !== parcel.size ? `${parcel.size} → ${parcel.givenSize}` : parcel.size}</td><td class="right num">{clock(parcel.windowUntil)}</td></tr>)}</tbody>
        </table>
      </>}
    </div>
  );
}

function TerminalInspector({ plan, terminalId, onSelect }: Props & { terminalId: string }) {
  const terminal = plan.terminals.find((candidate) => candidate.terminalId === terminalId);
  const visits = plan.routes.flatMap((route) => route.stops.filter((stop) => stop.terminalId === terminalId).map((stop) => ({ route, stop })));
  if (!terminal) return null;
  return (
    <div class="inspector">
      <h2>{terminal.name}</h2>
      <p class="muted">{tx('terminalKind', terminal.kind)} · {terminal.district}</p>
      <h3>{t('field.fill')}</h3>
      <dl class="facts">
        {terminal.bySize.map((size) => {
          const used = size.planned + size.occupied;
          const share = size.capacity > 0 ? Math.min(1, used / size.capacity) : 0;
          return <div key={size.size}><dt>{size.size}</dt><dd class="fill-cell"><Gauge share={share} label={`${size.size} ${formatPercent(share)}`} /><span class="num">{t('inspect.sizeFill', { planned: size.planned, occupied: size.occupied, capacity: size.capacity })}</span></dd></div>;
        })}
      </dl>
      {fillOf(terminal).awaited > 0 && <p class="muted small">{t('plan.fillAwaited', { n: fillOf(terminal).awaited })}</p>}
      <h3>{t('inspect.visits', { n: visits.length })}</h3>
      <ol class="stops">
        {visits.map(({ route, stop }) => (
          <li key={`${route.routeNo}.${stop.stopNo}`}><button onClick={() => onSelect({ ...NOTHING, routeNo: route.routeNo, stopNo: stop.stopNo })}><span class="num stop-time">{formatClock(stop.arrival, zone.value)}</span><span class="grow">{route.plate}</span><span class="num muted">{stop.parcelIds.length}</span></button></li>
        ))}
      </ol>
    </div>
  );
}

function UnassignedInspector({ plan, parcelId, isEditable, onPropose }: Props & { parcelId: string }) {
  const item = plan.unassigned.find((candidate) => candidate.parcelId === parcelId);
  const [target, setTarget] = useState('');
  if (!item) return null;
  return (
    <div class="inspector">
      <h2>{item.waybill}</h2>
      <p class="bad-text">{reasonOf(item)}</p>
      {item.remedy && <p class="ok-text">{t('inspect.remedy')} {remedyOf(item)}</p>}
      <WhyLeftOut planId={plan.summary.id} parcelId={parcelId} />
      {isEditable && (
        <div class="actions">
          <select aria-label={t('edit.insertInto')} value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
            <option value="">{t('edit.insertInto')}</option>
            {plan.routes.map((route) => <option key={route.routeNo} value={route.routeNo}>{route.plate}</option>)}
          </select>
          <button class="button small" disabled={target === ''} onClick={() => onPropose([{ kind: 'moveParcels', parcelIds: [parcelId], toRoute: Number(target), position: -1 }])}>{t('edit.tryInsert')}</button>
        </div>
      )}
    </div>
  );
}
