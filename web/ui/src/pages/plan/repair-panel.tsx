import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat, PlanSummary, PlanView } from '../../api/contract';
import type { IncidentWish, RepairProposal } from '../../api/repair-contract';
import { zone } from '../../app-state';
import { ClockInput } from '../../components/clock-input';
import { ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { formatClock, formatDistance, formatDuration, formatMoney, signed } from '../../model/format';
import { atOfDay, startOf } from '../../model/repair';
import { clockOf, minuteOf } from '../../model/roster';
import type { Selection } from '../../model/selection';
import { brokenInWords } from './broken-rules';
import { FreeComparison } from './free-comparison';
import { useQuestion } from './use-question';

const KINDS: readonly IncidentWish['kind'][] = ['vehicleBroken', 'vehicleLate', 'terminalClosed', 'terminalFull', 'areaClosed', 'parcelsAdded', 'parcelsCancelled'];

interface Props {
  plan: PlanView;
  selection: Selection;
  map: CityMap | null;
  proposal: RepairProposal | null;
  onProposal: (proposal: RepairProposal | null) => void;
  onAccepted: (next: PlanSummary) => void;
  onSelectRoute: (plate: string) => void;
  onClose: () => void;
}

/** Reports what happened to a running plan and shows the proposed repair: what changes, what it costs, which parcels; accept or discard. */
export function RepairPanel(props: Props) {
  const { plan, proposal, onProposal, onAccepted, onClose } = props;

  async function accept() {
    if (!proposal) return;
    try {
      const next = await api.post<PlanSummary>(`/api/plans/${proposal.planId}/repair/${proposal.id}/accept`);
      toast.ok(t('repair.accepted', { version: next.version }));
      onAccepted(next);
    } catch (error) {
      toast.problem(error);
    }
  }

  function discard() {
    if (proposal) api.delete(`/api/plans/${proposal.planId}/repair/${proposal.id}`).catch(() => undefined);
    onProposal(null);
  }

  return (
    <div class="inspector repair">
      <button class="button quiet back" onClick={() => { discard(); onClose(); }}>‹ {t('action.close')}</button>
      {proposal ? <ProposalView proposal={proposal} onSelectRoute={props.onSelectRoute} onAccept={() => void accept()} onDiscard={discard} /> : <IncidentForm key={plan.summary.id} {...props} />}
    </div>
  );
}

function IncidentForm({ plan, selection, map, onProposal }: Props) {
  const selectedRoute = plan.routes.find((route) => route.routeNo === selection.routeNo);
  const [kind, setKind] = useState<IncidentWish['kind']>(selection.terminalId ? 'terminalClosed' : 'vehicleBroken');
  const [vehicleId, setVehicle] = useState(selectedRoute?.vehicleId ?? plan.routes[0]?.vehicleId ?? '');
  const [terminalId, setTerminal] = useState(selection.terminalId ?? '');
  const [minutes, setMinutes] = useState(60);
  const [isRestOfDay, setRestOfDay] = useState(true);
  const [isCargoReachable, setCargo] = useState(true);
  const [waybills, setWaybills] = useState('');
  const [corners, setCorners] = useState<LonLat[]>([]);
  const [clock, setClock] = useState(() => formatClock(startOf(plan.routes, new Date()).toISOString(), zone.value));
  const [most, setMost] = useState(20);

  // What is selected on the map, in the lists or on the timeline is what the report speaks of.
  useEffect(() => { if (selectedRoute) setVehicle(selectedRoute.vehicleId); }, [selectedRoute]);
  useEffect(() => { if (selection.terminalId) setTerminal(selection.terminalId); }, [selection.terminalId]);
  useEffect(() => {
    if (!map || kind !== 'areaClosed') return;
    map.pen.start([], setCorners);
    return () => { map.pen.stop(); setCorners([]); };
  }, [map, kind]);

  const parcels = waybills.split(/[\s,;，；]+/).filter((text) => text !== '');
  const wish: IncidentWish | null =
    kind === 'vehicleBroken' ? { kind, vehicleId, isCargoReachable }
    : kind === 'vehicleLate' ? { kind, vehicleId, minutes }
    : kind === 'terminalClosed' ? (terminalId ? { kind, terminalId, minutes: isRestOfDay ? null : minutes } : null)
    : kind === 'terminalFull' ? (terminalId ? { kind, terminalId } : null)
    : kind === 'areaClosed' ? (corners.length >= 3 ? { kind, polygon: corners, minutes } : null)
    : parcels.length > 0 ? { kind, parcels } : null;
  const question = useQuestion<RepairProposal>(plan.summary.id, (signal) =>
    api.post<RepairProposal>(`/api/plans/${plan.summary.id}/repair`, { at: atOfDay(plan.summary.day, clock, zone.value), incidents: wish ? [wish] : [], maxDisturbed: most, seconds: 1 }, signal));
  useEffect(() => { if (question.answer) onProposal(question.answer); }, [question.answer]);
  const terminals = useMemo(() => [...plan.terminals].sort((a, b) => b.planned - a.planned), [plan]);
  const needsVehicle = kind === 'vehicleBroken' || kind === 'vehicleLate', needsTerminal = kind === 'terminalClosed' || kind === 'terminalFull';

  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); question.ask(); }}>
      <h2>{t('repair.report')}</h2>
      <label class="field"><span>{t('repair.what')}</span>
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as IncidentWish['kind'])}>{KINDS.map((item) => <option key={item} value={item}>{tx('incident', item)}</option>)}</select>
      </label>
      {needsVehicle && <label class="field"><span>{t('field.vehicle')}</span>
        <select value={vehicleId} onChange={(event) => setVehicle(event.currentTarget.value)}>{plan.routes.map((route) => <option key={route.vehicleId} value={route.vehicleId}>{route.plate}{route.courier ? ` · ${route.courier}` : ''}</option>)}</select>
      </label>}
      {kind === 'vehicleBroken' && <label class="field flag"><input type="checkbox" checked={isCargoReachable} onChange={(event) => setCargo(event.currentTarget.checked)} /><span>{t('repair.cargo')}</span></label>}
      {needsTerminal && <label class="field"><span>{t('stopKind.terminal')}</span>
        <select value={terminalId} onChange={(event) => setTerminal(event.currentTarget.value)}><option value="" />{terminals.map((terminal) => <option key={terminal.terminalId} value={terminal.terminalId}>{terminal.name} · {t('plan.parcelsN', { n: terminal.planned })}</option>)}</select>
      </label>}
      {kind === 'areaClosed' && <p class="note" role="status">{t('repair.corners', { n: corners.length })}</p>}
      {(kind === 'parcelsAdded' || kind === 'parcelsCancelled') && <label class="field"><span>{t('repair.parcels')}</span><textarea rows={4} value={waybills} onInput={(event) => setWaybills(event.currentTarget.value)} /></label>}
      {kind === 'terminalClosed' && <label class="field flag"><input type="checkbox" checked={isRestOfDay} onChange={(event) => setRestOfDay(event.currentTarget.checked)} /><span>{t('repair.restOfDay')}</span></label>}
      {(kind === 'vehicleLate' || kind === 'areaClosed' || (kind === 'terminalClosed' && !isRestOfDay)) && <label class="field"><span>{t('repair.minutes')}</span><span class="inline"><input type="number" min={1} max={1440} required value={minutes} onInput={(event) => setMinutes(Number(event.currentTarget.value))} /> {t('repair.minutesUnit')}</span></label>}
      <label class="field"><span>{t('repair.at')}</span><ClockInput label={t('repair.at')} minute={minuteOf(clock) ?? 0} onChange={(minute) => setClock(clockOf(minute))} /><small>{t('repair.atHint')}</small></label>
      <label class="field"><span>{t('repair.budget')}</span><span class="inline"><input type="number" min={0} max={10000} required value={most} onInput={(event) => setMost(Number(event.currentTarget.value))} /> {t('repair.budgetUnit')}</span></label>
      {question.error !== null && <div class="form-error" role="alert">{problemTitle(question.error)}<ProblemList error={question.error} /></div>}
      {question.isAsking
        ? <p class="inline" role="status"><span class="spinner small" aria-hidden="true" /> {t('repair.solving')} <button type="button" class="button small" onClick={question.cancel}>{t('action.cancel')}</button></p>
        : <div class="actions"><button type="submit" class="button primary" disabled={!wish}>{t('repair.solve')}</button></div>}
    </form>
  );
}

function ProposalView({ proposal, onSelectRoute, onAccept, onDiscard }: { proposal: RepairProposal; onSelectRoute: (plate: string) => void; onAccept: () => void; onDiscard: () => void }) {
  const tone = (value: number) => (value > 0 ? 'bad-text' : 'ok-text');
  return (
    <section aria-label={t('repair.proposal')}>
      <h2>{t('repair.proposal')} <small class="muted">{formatClock(proposal.at, zone.value)} · {t('repair.took', { s: proposal.seconds.toFixed(1) })}</small></h2>
      <div class="edit-price num small-price">
        <span class={tone(proposal.costFen)}>{signed(proposal.costFen, formatMoney)}</span>
        <span class={tone(proposal.distanceMetres)}>{signed(proposal.distanceMetres, formatDistance)}</span>
        <span class={tone(proposal.durationSeconds)}>{signed(proposal.durationSeconds, formatDuration)}</span>
        {proposal.served !== 0 && <span class={tone(-proposal.served)}>{t('edit.parcels', { n: signed(proposal.served, String) })}</span>}
      </div>
      <p class="num">{t('repair.touched', { n: proposal.touched.length })} · {t('repair.disturbedN', { n: proposal.disturbed, most: proposal.maxDisturbed })}{proposal.lost > 0 && <b class="bad-text"> · {t('repair.lost', { n: proposal.lost })}</b>}</p>
      <FreeComparison planId={proposal.planId} proposalId={proposal.id} />
      <p class="muted small num">{t('repair.doNothing', { money: formatMoney(proposal.unrepairedFen) })}</p>
      {proposal.isLegal ? <p class="ok-text">{t('repair.legal')}</p> : <div class="form-error"><b>{t('repair.illegal')}</b><ul class="problems">{proposal.violations.slice(0, 10).map((broken, index) => <li key={index} title={broken.text}>{brokenInWords(broken)}</li>)}</ul></div>}
      {proposal.notes.length > 0 && <><h3>{t('repair.notes')}</h3><ul class="problems">{proposal.notes.map((lifted, index) => <li key={index} title={lifted.text}>{brokenInWords(lifted)}</li>)}</ul></>}
      <div class="actions sticky-top">
        <button class="button primary" onClick={onAccept}>{t('repair.accept')}</button>
        <button class="button" onClick={onDiscard}>{t('repair.discard')}</button>
      </div>
      <table class="plain">
        <tbody>
          {proposal.touched.slice(0, 300).map((parcel) => (
            <tr key={parcel.parcelId}>
              <td><span class={`badge ${parcel.reason === 'disturbed' ? 'warn' : parcel.to.plate === null && parcel.reason !== 'cancelled' ? 'bad' : ''}`}>{tx('repair', parcel.reason)}</span></td>
              <td><b class="num">{parcel.waybill}</b><br /><PlaceButton plate={parcel.from.plate} onSelect={onSelectRoute} /> → <PlaceButton plate={parcel.to.plate} onSelect={onSelectRoute} />{parcel.to.option && parcel.to.option !== parcel.from.option && <small class="muted"> {parcel.to.option}</small>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PlaceButton({ plate, onSelect }: { plate: string | null; onSelect: (plate: string) => void }) {
  return plate === null ? <span class="muted">{t('repair.none')}</span> : <button class="link" onClick={() => onSelect(plate)}>{plate}</button>;
}
