import { useMemo } from 'preact/hooks';
import type { Network, PlanParcel, PlanView } from '../../api/contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { t, tx } from '../../i18n';
import { formatClock, formatDistance, formatDuration, formatMoney } from '../../model/format';
import { routeLook } from '../../model/palette';
import type { Selection } from '../../model/selection';
import { reasonOf, remedyOf } from './left-out';

/** The plan as lists: everything the map shows is here in words. */
export function RouteList({ plan, selection, onSelect, onHover, onOpen }: { plan: PlanView; selection: Selection; onSelect: (routeNo: number) => void; onHover: (routeNo: number | null) => void; onOpen: (routeNo: number) => void }) {
  return (
    <DataTable label={t('plan.routes')} rows={plan.routes} rowKey={(row) => String(row.routeNo)} fileName={`routes-${plan.summary.day}-v${plan.summary.version}`} selected={selection.routeNo === null ? null : String(selection.routeNo)} rowHeight={44}
      onSelect={(row) => onSelect(row.routeNo)} onHover={(row) => onHover(row?.routeNo ?? null)} onOpen={(row) => onOpen(row.routeNo)} empty={t('plan.noRoutes')}
      columns={[
        { key: 'plate', label: t('field.vehicle'), width: 106, value: (row) => row.plate, render: (row) => <span class="route-cell"><i style={{ background: routeLook(row.routeNo).colour }} /><span><b>{row.plate}</b><small class="muted">{row.courier ?? t('plan.noCourier')}</small></span></span> },
        { key: 'parcels', label: t('field.parcels'), width: 56, align: 'right', value: (row) => row.parcels },
        { key: 'stops', label: t('field.stops'), width: 52, align: 'right', value: (row) => row.stops.filter((stop) => stop.kind === 'terminal' || stop.kind === 'door').length },
        { key: 'km', label: t('field.distance'), width: 66, align: 'right', value: (row) => row.distanceMetres, render: (row) => formatDistance(row.distanceMetres) },
        { key: 'end', label: t('field.end'), width: 56, align: 'right', value: (row) => row.end, render: (row) => formatClock(row.end, zone.value) },
        { key: 'load', label: t('field.load'), width: 54, align: 'right', value: (row) => Math.max(row.peakLoad.gramsPct, row.peakLoad.mlPct, row.peakLoad.parcelsPct), render: (row) => `${Math.round(Math.max(row.peakLoad.gramsPct, row.peakLoad.mlPct, row.peakLoad.parcelsPct))} %` },
        { key: 'trips', label: t('field.trips'), width: 56, align: 'right', value: (row) => row.trips },
        { key: 'wait', label: t('field.wait'), width: 84, align: 'right', value: (row) => row.waitSeconds, render: (row) => formatDuration(row.waitSeconds) },
        { key: 'cost', label: t('field.cost'), width: 70, align: 'right', value: (row) => row.costFen, render: (row) => formatMoney(row.costFen) },
      ]} />
  );
}

export function UnassignedList({ plan, network, selection, onSelect }: { plan: PlanView; network: Network | null; selection: Selection; onSelect: (parcelId: string) => void }) {
  const names = useMemo(() => new Map(network?.partners.map((partner) => [partner.id, partner.name])), [network]);
  return (
    <DataTable label={t('plan.unassigned')} rows={plan.unassigned} rowKey={(row) => row.parcelId} fileName={`unassigned-${plan.summary.day}-v${plan.summary.version}`} selected={selection.parcelId} rowHeight={44}
      onSelect={(row) => onSelect(row.parcelId)} empty={t('plan.allAssigned')}
      columns={[
        { key: 'waybill', label: t('field.waybill'), width: 140, value: (row) => row.waybill, render: (row) => <span class="two-line"><b>{row.waybill}</b><small class="muted">{names.get(row.partnerId) ?? row.partnerId}</small></span> },
        { key: 'reason', label: t('field.reason'), value: reasonOf, render: (row) => <span class="two-line"><span title={row.reason}>{reasonOf(row)}</span>{row.remedy && <small class="ok-text">{remedyOf(row)}</small>}</span> },
      ]} />
  );
}

export function ParcelList({ parcels, plan, network, onSelect }: { parcels: readonly PlanParcel[]; plan: PlanView; network: Network | null; onSelect: (parcel: PlanParcel) => void }) {
  const partners = useMemo(() => new Map(network?.partners.map((partner) => [partner.id, partner.name])), [network]);
  const terminals = useMemo(() => new Map(network?.terminals.map((terminal) => [terminal.id, terminal.name])), [network]);
  const plates = useMemo(() => new Map(plan.routes.map((route) => [route.routeNo, route.plate])), [plan]);
  return (
    <DataTable label={t('plan.parcels')} rows={parcels} rowKey={(row) => row.parcelId} fileName={`parcels-${plan.summary.day}-v${plan.summary.version}`} onSelect={onSelect}
      columns={[
        { key: 'waybill', label: t('field.waybill'), width: 130, value: (row) => row.waybill },
        { key: 'where', label: t('field.option'), value: (row) => (row.terminalId ? (terminals.get(row.terminalId) ?? row.terminalId) : tx('optionKind', row.option)) },
        { key: 'plate', label: t('field.vehicle'), width: 84, value: (row) => plates.get(row.routeNo) ?? '' },
        { key: 'arrival', label: t('field.arrival'), width: 56, align: 'right', value: (row) => row.arrival, render: (row) => formatClock(row.arrival, zone.value) },
        { key: 'size', label: t('field.size'), width: 60, value: (row) => (row.givenSize && row.givenSize !== row.size ? `${row.size}→${row.givenSize}` : row.size) },
        { key: 'partner', label: t('field.partner'), width: 110, value: (row) => partners.get(row.partnerId) ?? row.partnerId },
      ]} />
  );
}
