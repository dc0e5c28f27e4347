import type { Network } from '../../api/contract';
import type { FieldSpec } from '../../components/field-input';
import { tx } from '../../i18n';
import type { NetworkKind } from './network-kinds';

const choices = (prefix: string, names: readonly string[]) => names.map((value) => ({ value, label: tx(prefix, value) }));

/** The editable fields of each kind, in the order a person fills them. */
export function fieldsOf(kind: NetworkKind, network: Network): FieldSpec[] {
  const hub: FieldSpec = { name: 'homeHubId', type: 'choice', choices: network.hubs.map((item) => ({ value: item.id, label: item.name })) };
  const partners = network.partners.map((item) => ({ value: item.id, label: item.name }));
  const active: FieldSpec = { name: 'isActive', type: 'flag' };
  const place: FieldSpec[] = [{ name: 'at', type: 'lonLat' }, { name: 'address', type: 'text' }, { name: 'district', type: 'text' }];
  const names: FieldSpec[] = [{ name: 'name', type: 'text', isRequired: true }, { name: 'code', type: 'text', isRequired: true }];
  switch (kind) {
    case 'terminals': return [...names, { name: 'kind', type: 'choice', choices: choices('terminalKind', ['locker', 'counter', 'station']) }, ...place, { name: 'compartments', type: 'sizes' }, { name: 'opening', type: 'opening' }, { name: 'allowedPartnerIds', type: 'manyOrAll', choices: partners }, { name: 'setupSeconds', type: 'number', unit: 's', min: 0 }, { name: 'accessNote', type: 'optionalText' }, active];
    case 'vehicles': return [
      { name: 'plate', type: 'text', isRequired: true }, { name: 'vehicleClass', type: 'choice', choices: choices('vehicleClass', ['tricycle', 'van', 'lightTruck', 'mediumTruck']) },
      { name: 'accessClass', type: 'text', isRequired: true }, { name: 'energy', type: 'choice', choices: choices('energy', ['electric', 'petrol', 'diesel', 'gas', 'hybrid', 'hydrogen']) }, { name: 'isLocalPlate', type: 'flag' },
      { name: 'capacityGrams', type: 'number', unit: 'kg', per: 1000, min: 0 }, { name: 'capacityMl', type: 'number', unit: 'm³', per: 1_000_000, min: 0 }, { name: 'capacityParcels', type: 'number', min: 0 },
      { name: 'fixedFen', type: 'yuan' }, { name: 'perKmFen', type: 'yuan' }, { name: 'perHourFen', type: 'yuan' }, { name: 'overtimePerHourFen', type: 'yuan' },
      hub, { name: 'rangeMetres', type: 'optionalNumber', unit: 'km', per: 1000, min: 0 }, active,
    ];
    case 'couriers': return [...names, { name: 'skills', type: 'words' }, hub, active];
    case 'partners': return [...names, { name: 'kind', type: 'choice', choices: choices('partnerKind', ['eCommerce', 'carrier', 'retailer', 'communityService']) }, { name: 'color', type: 'colour' }, { name: 'contact', type: 'optionalText' }, active];
    case 'hubs': return [...names, ...place, { name: 'opening', type: 'opening' }, { name: 'docks', type: 'optionalNumber', min: 0 }, active];
    case 'shifts': return [
      { name: 'day', type: 'day' }, { name: 'courierId', type: 'choice', choices: network.couriers.map((item) => ({ value: item.id, label: `${item.name} ${item.code}` })) },
      { name: 'vehicleId', type: 'choice', choices: network.vehicles.map((item) => ({ value: item.id, label: item.plate })) },
      { name: 'startLocal', type: 'clock' }, { name: 'endLocal', type: 'clock' }, { name: 'breaks', type: 'breaks' },
    ];
    default: return [];
  }
}
