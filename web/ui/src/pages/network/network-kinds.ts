import type { AccessRule, Courier, Hub, Network, Opening, Partner, Shift, Terminal, Vehicle } from '../../api/contract';
import { day, me } from '../../app-state';

/** The kinds of things the network is made of, their API folders, and blank ones to begin with. */
export const KINDS = ['terminals', 'vehicles', 'couriers', 'shifts', 'accessRules', 'partners', 'hubs'] as const;
export type NetworkKind = (typeof KINDS)[number];

export const API_FOLDER: Record<NetworkKind, string> = { terminals: 'terminals', vehicles: 'vehicles', couriers: 'couriers', shifts: 'shifts', accessRules: 'access-rules', partners: 'partners', hubs: 'hubs' };

const everyDay = (openLocal: string, closeLocal: string): Opening[] => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openLocal, closeLocal }));

export function blankOf(kind: NetworkKind, network: Network): Terminal | Vehicle | Courier | Partner | Hub | Shift | AccessRule {
  const bounds = me.value?.area.bounds ?? [116, 39.6, 116.8, 40.2];
  const at: [number, number] = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
  const homeHubId = network.hubs[0]?.id ?? '';
  switch (kind) {
    case 'terminals': return { id: '', name: '', code: '', kind: 'locker', at, address: '', district: '', opening: everyDay('00:00', '24:00'), compartments: [{ size: 'S', count: 20 }, { size: 'M', count: 20 }, { size: 'L', count: 10 }, { size: 'XL', count: 2 }], allowedPartnerIds: null, quotas: [], setupSeconds: 180, isActive: true, accessNote: null };
    case 'vehicles': return { id: '', plate: '', vehicleClass: 'van', accessClass: 'van', energy: 'electric', isLocalPlate: true, capacityGrams: 800_000, capacityMl: 6_000_000, capacityParcels: 220, fixedFen: 12_000, perKmFen: 90, perHourFen: 3_500, overtimePerHourFen: 5_250, homeHubId, rangeMetres: null, isActive: true };
    case 'couriers': return { id: '', code: '', name: '', phoneMasked: '', skills: [], homeHubId, isActive: true };
    case 'partners': return { id: '', name: '', code: '', kind: 'eCommerce', color: '#0b62b8', contact: null, isActive: true };
    case 'hubs': return { id: '', name: '', code: '', at, address: '', district: '', opening: everyDay('05:00', '22:00'), docks: 6, isActive: true };
    case 'accessRules': return { id: '', name: '', polygons: [], validFrom: me.value?.today ?? '2026-01-01', validUntil: null, weekdays: [1, 2, 3, 4, 5], hours: [{ fromLocal: '07:00', untilLocal: '09:00' }], plateRotation: [], vehicleClasses: [], accessClasses: ['truck'], energies: [], plates: 'all', appliesOnHolidays: false, permits: [], source: '', isActive: true };
    case 'shifts': return { id: '', day: day.value, courierId: network.couriers[0]?.id ?? '', vehicleId: network.vehicles[0]?.id ?? '', startLocal: '08:00', endLocal: '17:30', breaks: [{ fromLocal: '11:30', untilLocal: '13:30', durationSeconds: 2_400 }] };
  }
}
