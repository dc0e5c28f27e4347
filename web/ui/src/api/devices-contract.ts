// Devices as web/Logistics.Web/Devices answers them.
import type { LonLat } from './contract';

export type DeviceKind = 'locker' | 'handheld' | 'vehicle';
export type DeviceState = 'never' | 'online' | 'offline';

/** GET /api/devices → DeviceRow[] */
export interface DeviceRow {
  id: string; kind: DeviceKind; name: string; state: DeviceState; isRegistered: boolean; terminalId: string | null; district: string | null; at: LonLat | null;
  lastSeen: string | null;
  /** Share of full. */
  battery: number | null;
  compartments: number; occupied: number; free: number; outOfService: number; openDoors: number; alarms: number; differences: number; firmware: string | null;
}

/** Null for what was never said. */
export interface CompartmentView {
  label: string; size: 'S' | 'M' | 'L' | 'XL' | null; door: 'open' | 'closed' | 'unknown' | null; doorSince: string | null; doorCause: string | null;
  isOccupied: boolean | null; occupiedSince: string | null; service: 'inService' | 'blocked' | 'faulty' | null; parcel: string | null; isMissing: boolean;
}

export interface Difference { compartment: string; what: 'door' | 'occupied' | 'service' | 'listed'; was: string; is: string; at: string }
export interface Condition { subject: string; since: string; detail: string | null }
export interface DevicePosition { point: LonLat; at: string; speedMetresPerSecond: number | null; headingDegrees: number | null; accuracyMetres: number | null }

/** GET /api/devices/{device}/twin */
export interface TwinView {
  device: DeviceRow; address: string | null; vehicleId: string | null; courierId: string | null; model: string | null; power: 'mains' | 'battery' | 'off' | null; powerAt: string | null;
  temperatureCelsius: number | null; lastCommand: string | null; connectionChangedAt: string | null; snapshotAt: string | null; position: DevicePosition | null;
  compartments: CompartmentView[]; differences: Difference[]; faults: Condition[]; tampers: Condition[];
}

/** GET /api/devices/{device}/events → newest first; GET /api/devices/quarantine → Page. */
export interface DeviceEvent { position: number; device: string; kind: DeviceKind; message: string; at: string | null; receivedAt: string; quarantine: string | null; payload: string }

export type AlarmRule = 'offline' | 'doorOpen' | 'tamper' | 'lowBattery' | 'nearFull' | 'fault';

/** GET /api/devices/alarms?open= ; POST /api/devices/alarms/{id}/acknowledge ; POST …/assign {owner} */
export interface DeviceAlarm {
  id: string; device: string; deviceName: string; rule: AlarmRule; subject: string; startedAt: string; raisedAt: string; endedAt: string | null;
  ownerId: string | null; owner: string | null; acknowledgedAt: string | null; acknowledgedBy: string | null;
  /** JSON: {share} or {text}. */
  detail: string;
}

/** GET /api/devices/gateway */
export interface GatewayHealth {
  isHealthy: boolean; connections: number; committed: number; duplicates: number; quarantined: number; storeFailures: number; commitMilliseconds: number | null; eventsPerCommit: number | null;
  lastPosition: number; lag: number; mqttPort: number | null; mqttTlsPort: number | null; jt808Port: number | null; notice: string | null;
}

/** GET/PUT /api/devices/settings */
export interface DeviceSettings { offlineSeconds: number; doorOpenSeconds: number; lowBattery: number; nearFull: number; companyPrefixes: string[] }

/** Live event "device". */
export interface DeviceNews { devices: DeviceRow[]; events: DeviceEvent[]; skippedEvents: number; hasAlarms: boolean }

/** PUT /api/devices/{device} → DeviceRow */
export interface DeviceDraft { kind: DeviceKind; name: string; terminalId: string | null; vehicleId: string | null; courierId: string | null; reason: string }
