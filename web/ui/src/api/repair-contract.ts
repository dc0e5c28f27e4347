import type { BrokenRule, Id, Instant, LonLat, RouteView } from './contract';

// ---- repair: POST /api/plans/{id}/repair RepairRequest → RepairProposal; POST …/repair/{proposalId}/accept → PlanSummary; DELETE …/repair/{proposalId}
export type IncidentWish =
  | { kind: 'vehicleBroken'; vehicleId: Id; isCargoReachable: boolean }
  | { kind: 'vehicleLate'; vehicleId: Id; minutes: number }
  | { kind: 'parcelsAdded'; parcels: string[] } | { kind: 'parcelsCancelled'; parcels: string[] }
  | { kind: 'terminalClosed'; terminalId: Id; minutes: number | null } | { kind: 'terminalFull'; terminalId: Id }
  | { kind: 'areaClosed'; polygon: LonLat[]; minutes: number };
export interface RepairRequest { at: Instant; incidents: IncidentWish[]; maxDisturbed: number; seconds: number }
export interface TouchedParcel { parcelId: Id; waybill: string; reason: 'added' | 'cancelled' | 'struck' | 'disturbed' | 'gained'; from: { plate: string | null; option: string | null }; to: { plate: string | null; option: string | null } }
/** Numbers are after less before; unrepairedFen is the whole objective if only what cannot stay is left out. */
export interface RepairProposal { id: Id; planId: Id; at: Instant; isLegal: boolean; costFen: number; unrepairedFen: number; distanceMetres: number; durationSeconds: number; served: number; lost: number; disturbed: number; maxDisturbed: number; seconds: number; touched: TouchedParcel[]; notes: BrokenRule[]; violations: BrokenRule[]; routes: RouteView[] }
/** GET …/repair/{proposalId}/free?seconds= → FreeRepair: the rest of the day planned anew. */
export interface FreeRepair { extraFen: number; servedMore: number; moved: number; seconds: number }

// ---- explain: GET /api/plans/{id}/explain/parcels/{parcelId} → UnservedAnswer; GET /api/plans/{id}/explain/stops/{routeNo}/{stopNo} → StopAnswer
export interface VehicleOffer { vehicleId: Id; plate: string; option: string; rules: string[]; extraFen: number | null }
export interface ChangePart { kind: string; subject: string; amount: number }
export interface UnservedAnswer { parcelId: Id; offers: VehicleOffer[]; elsewhere: number; unservedFen: number; change: { plate: string; parts: ChangePart[] } | null }
export interface StopAnswer { marginalFen: number; marginalMetres: number; marginalSeconds: number; offers: VehicleOffer[]; elsewhere: number }
