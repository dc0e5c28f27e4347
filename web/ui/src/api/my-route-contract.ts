import type { Day, HandlingClass, Id, Instant, LonLat, ParcelState, SizeClass, StopView, TerminalKind } from './contract';

/** Wire types of GET /api/my-route?day=: what a courier may see of the plan, their own published routes. */

export interface MyParcel { parcelId: Id; waybill: string; state: ParcelState; flow: 'delivery' | 'pickup'; size: SizeClass; /** To take at a locker. */ compartment: SizeClass | null; /** The box reserved, as painted on its door. */ door: string | null; handling: HandlingClass; weightGrams: number; recipient: string; phoneTail: string; address: string | null }
export interface MyStop { stopNo: number; trip: number; kind: StopView['kind']; placeName: string; code: string | null; terminalKind: TerminalKind | null; address: string | null; /** Hours today; null when it never closes. */ opening: string | null; accessNote: string | null; at: LonLat; arrival: Instant; departure: Instant; windowFrom: Instant | null; windowUntil: Instant | null; slackSeconds: number; loadParcels: number; takenOver: number; leg: LonLat[]; parcels: MyParcel[] }
export interface MyBan { rule: string; fromLocal: string; untilLocal: string }
export interface MyRoute { routeNo: number; plate: string; start: Instant; end: Instant; distanceMetres: number; parcels: number; trips: number; stops: MyStop[]; bans: MyBan[] }
export interface MyRouteView { day: Day; state: 'ready' | 'noCourier' | 'noPlan' | 'noRoute'; courier: string | null; version: number | null; publishedAt: Instant | null; routes: MyRoute[] }
