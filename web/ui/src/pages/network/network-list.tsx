import { useMemo } from 'preact/hooks';
import type { LonLat, Network, Shift } from '../../api/contract';
import { day } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { t, tx } from '../../i18n';
import { formatMoney, formatWeight } from '../../model/format';
import { ruleInWords } from '../../model/rule-words';
import type { NetworkKind } from './network-kinds';

interface Props { kind: NetworkKind; network: Network; selected: string | null; onSelect: (id: string) => void; onZoom: (points: LonLat[]) => void }

/** One table per kind. */
export function NetworkList({ kind, network, selected, onSelect, onZoom }: Props) {
  const hubs = useMemo(() => new Map(network.hubs.map((hub) => [hub.id, hub.name])), [network]);
  const common = { label: t(`network.${kind}`), selected, fileName: kind, onSelect: (row: { id: string }) => onSelect(row.id), rowKey: (row: { id: string }) => row.id };
  const status = <T extends { isActive: boolean }>() => ({ key: 'active', label: t('field.active'), width: 56, value: (row: T) => (row.isActive ? t('value.yes') : t('value.no')) });

  switch (kind) {
    case 'terminals': return (
      <DataTable {...common} rows={network.terminals} onOpen={(row) => onZoom([row.at])} columns={[
        { key: 'name', label: t('field.name'), value: (row) => row.name },
        { key: 'kind', label: t('field.kind'), width: 72, value: (row) => tx('terminalKind', row.kind) },
        { key: 'boxes', label: t('field.compartments'), width: 50, align: 'right', value: (row) => row.compartments.reduce((sum, size) => sum + size.count, 0) },
        { key: 'district', label: t('field.district'), width: 68, value: (row) => row.district },
        { key: 'code', label: t('field.code'), width: 76, minTableWidth: 440, value: (row) => row.code },
        { ...status<Network['terminals'][number]>(), minTableWidth: 480 },
      ]} />
    );
    case 'vehicles': return (
      <DataTable {...common} rows={network.vehicles} columns={[
        { key: 'plate', label: t('field.plate'), value: (row) => row.plate },
        { key: 'class', label: t('field.kind'), width: 90, value: (row) => tx('vehicleClass', row.vehicleClass) },
        { key: 'energy', label: t('field.energy'), width: 64, value: (row) => tx('energy', row.energy) },
        { key: 'grams', label: t('field.weight'), width: 70, align: 'right', value: (row) => row.capacityGrams, render: (row) => formatWeight(row.capacityGrams) },
        { key: 'parcels', label: t('field.parcels'), width: 56, align: 'right', value: (row) => row.capacityParcels },
        { key: 'km', label: t('field.perKm'), width: 66, align: 'right', value: (row) => row.perKmFen, render: (row) => formatMoney(row.perKmFen) },
        { key: 'hub', label: t('field.hub'), width: 120, value: (row) => hubs.get(row.homeHubId) ?? row.homeHubId },
        status(),
      ]} />
    );
    case 'couriers': return (
      <DataTable {...common} rows={network.couriers} columns={[
        { key: 'name', label: t('field.name'), value: (row) => row.name },
        { key: 'code', label: t('field.code'), width: 80, value: (row) => row.code },
        { key: 'phone', label: t('field.phone'), width: 110, value: (row) => row.phoneMasked },
        { key: 'hub', label: t('field.hub'), width: 120, value: (row) => hubs.get(row.homeHubId) ?? row.homeHubId },
        { key: 'skills', label: t('field.skills'), width: 120, value: (row) => row.skills.map((skill) => tx('skill', skill)).join(' ') },
        status(),
      ]} />
    );
    case 'shifts': return <ShiftList network={network} {...common} />;
    case 'accessRules': return (
      <DataTable {...common} rows={network.accessRules} rowHeight={62} onOpen={(row) => onZoom(row.polygons.flat())} columns={[
        { key: 'name', label: t('field.rule'), value: (row) => ruleInWords(row), render: (row) => <span class="two-line"><b>{row.name}</b><small class="muted wrap">{ruleInWords(row).split('\n').slice(1).join(' · ')}</small></span> },
        status(),
      ]} />
    );
    case 'partners': return (
      <DataTable {...common} rows={network.partners} columns={[
        { key: 'name', label: t('field.name'), value: (row) => row.name, render: (row) => <span class="state-chip"><i style={{ background: row.color }} />{row.name}</span> },
        { key: 'code', label: t('field.code'), width: 90, value: (row) => row.code },
        { key: 'kind', label: t('field.kind'), width: 110, value: (row) => tx('partnerKind', row.kind) },
        status(),
      ]} />
    );
    case 'hubs': return (
      <DataTable {...common} rows={network.hubs} onOpen={(row) => onZoom([row.at])} columns={[
        { key: 'name', label: t('field.name'), value: (row) => row.name },
        { key: 'code', label: t('field.code'), width: 90, value: (row) => row.code },
        { key: 'docks', label: t('field.docks'), width: 60, align: 'right', value: (row) => row.docks },
        { key: 'district', label: t('field.district'), width: 90, value: (row) => row.district },
        status(),
      ]} />
    );
  }
}

function ShiftList({ network, ...common }: { network: Network; label: string; selected: string | null; fileName: string; onSelect: (row: { id: string }) => void; rowKey: (row: { id: string }) => string }) {
  const couriers = new Map(network.couriers.map((courier) => [courier.id, courier.name]));
  const plates = new Map(network.vehicles.map((vehicle) => [vehicle.id, vehicle.plate]));
  const rows: readonly Shift[] = network.shifts.filter((shift) => shift.day === day.value);
  return (
    <DataTable {...common} rows={rows} empty={t('network.noShifts', { day: day.value })} columns={[
      { key: 'courier', label: t('field.courier'), value: (row) => couriers.get(row.courierId) ?? row.courierId },
      { key: 'plate', label: t('field.vehicle'), width: 90, value: (row) => plates.get(row.vehicleId) ?? row.vehicleId },
      { key: 'hours', label: t('field.hours'), width: 110, value: (row) => `${row.startLocal}–${row.endLocal}` },
      { key: 'breaks', label: t('field.breaks'), width: 130, value: (row) => row.breaks.map((rest) => `${rest.fromLocal}–${rest.untilLocal} (${Math.round(rest.durationSeconds / 60)} min)`).join(', ') },
    ]} />
  );
}
