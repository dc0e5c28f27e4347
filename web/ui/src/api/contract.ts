// The wire contract between the page and the host, in one place. JSON, camelCase, enums as camelCase strings.
// Units: *Seconds, *Metres, *Grams, *Ml, *Fen; instants are UTC ISO-8601 text ("2026-11-22T21:05:00Z"); days are "YYYY-MM-DD" in the service area's zone.
// Clock readings are local "HH:mm" text; a close or end at or before its start runs into the next day, and "24:00" is allowed. Weekdays are 1 = Monday … 7 = Sunday.
// Points are [lon, lat] in WGS-84. Ids are prefixed text ("par_…"). The host serialises exactly these names; OpenAPI is at /openapi/v1.json.

export type LonLat = [number, number];
export type Id = string;
export type Day = string;
export type Instant = string;

/** RFC 9457 body of every 4xx/5xx; `problems` lists everything that is wrong at once. */
export interface Problem { title: string; status: number; detail?: string; problems?: FieldProblem[] }
export interface FieldProblem { field: string; value: string | null; rule: string; message: string; row?: number }

// ---- session: GET/POST/DELETE /api/session. Unsafe methods by cookie need header X-CSRF-TOKEN: csrfToken.
export type Role = 'administrator' | 'dispatcher' | 'courier' | 'partner' | 'terminalOperator' | 'auditor';
export interface SignIn { name: string; password: string }
export interface Me { id: Id; name: string; displayName: string; role: Role; partnerId: Id | null; csrfToken: string; area: Area; today: Day; demoCity: boolean }
export interface Area { id: Id; name: string; zone: string; bounds: [number, number, number, number]; polygon: LonLat[]; rings: { name: string; line: LonLat[] }[]; districts: { name: string; at: LonLat }[]; tileStyleUrl: string | null; attribution: string | null }

// ---- GET /api/board?day=
export interface Board {
  day: Day; total: number;
  byState: { state: ParcelState; count: number }[];
  byPartner: { partnerId: Id; name: string; count: number; byState: Record<string, number> }[];
  byTerminal: TerminalLoad[];
  quarantineOpen: number; unassigned: number | null;
  illegalVehicles: { vehicleId: Id; plate: string; rule: string; fromLocal: string; untilLocal: string; area: string }[];
  publishedPlan: PlanSummary | null; latestPlan: PlanSummary | null;
  separate: SeparateBaseline | null;
  trend: { day: Day; volume: number }[];
}
/** Each partner's parcels planned alone, added up; worked out in the background after a plan. */
export interface SeparateBaseline { distanceMetres: number; vehicles: number; operatingFen: number; parcels: number; unassigned: number; partners: number; secondsEach: number }
export interface TerminalLoad { terminalId: Id; name: string; kind: TerminalKind; at: LonLat; district: string; planned: number; capacity: number; bySize: { size: SizeClass; capacity: number; occupied: number; planned: number }[] }

export type ParcelState = 'received' | 'quarantined' | 'promised' | 'planned' | 'loaded' | 'outForDelivery' | 'deposited' | 'handedOver' | 'collected' | 'overdue' | 'returned' | 'missing' | 'cancelled';
export type SizeClass = 'S' | 'M' | 'L' | 'XL';
export type TerminalKind = 'locker' | 'counter' | 'station';
export type HandlingClass = 'normal' | 'fresh' | 'valuable' | 'fragile' | 'oversize' | 'drug' | 'prohibited';

// ---- network: GET /api/network; PUT /api/{terminals|vehicles|couriers|access-rules|hubs|partners}/{id}; POST creates; DELETE (reason in body)
export interface Network { partners: Partner[]; hubs: Hub[]; terminals: Terminal[]; vehicles: Vehicle[]; couriers: Courier[]; shifts: Shift[]; accessRules: AccessRule[] }
// Writes answer with the stored object (POST 201). Every write may carry "reason", kept in the audit.
export interface Opening { weekday: number; openLocal: string; closeLocal: string }
export interface Partner { id: Id; name: string; code: string; kind: 'eCommerce' | 'carrier' | 'retailer' | 'communityService'; color: string; contact: string | null; isActive: boolean }
export interface Hub { id: Id; name: string; code: string; at: LonLat; address: string; district: string; opening: Opening[]; docks: number | null; isActive: boolean }
export interface Terminal { id: Id; name: string; code: string; kind: TerminalKind; at: LonLat; address: string; district: string; opening: Opening[]; compartments: { size: SizeClass; count: number }[]; allowedPartnerIds: Id[] | null; quotas: { partnerId: Id; perDay: number | null }[]; setupSeconds: number; isActive: boolean; /** How a courier gets in. */ accessNote: string | null }
export type VehicleClass = 'tricycle' | 'van' | 'lightTruck' | 'mediumTruck';
export type Energy = 'petrol' | 'diesel' | 'gas' | 'hybrid' | 'electric' | 'hydrogen';
/** accessClass is the word access rules use ("van", "truck"). */
export interface Vehicle { id: Id; plate: string; vehicleClass: VehicleClass; accessClass: string; energy: Energy; isLocalPlate: boolean; capacityGrams: number; capacityMl: number; capacityParcels: number; fixedFen: number; perKmFen: number; perHourFen: number; overtimePerHourFen: number; homeHubId: Id; rangeMetres: number | null; isActive: boolean }
export interface Courier { id: Id; code: string; name: string; phoneMasked: string; skills: string[]; homeHubId: Id; isActive: boolean }
export interface Shift { id: Id; day: Day; courierId: Id; vehicleId: Id; startLocal: string; endLocal: string; breaks: { fromLocal: string; untilLocal: string; durationSeconds: number }[] }
/** Empty lists mean "all": weekdays, hours, vehicleClasses, accessClasses, energies; plateRotation empty = every plate, else the last digits barred on that weekday. validUntil is the first day it no longer holds. */
export interface AccessRule { id: Id; name: string; polygons: LonLat[][]; validFrom: Day; validUntil: Day | null; weekdays: number[]; hours: { fromLocal: string; untilLocal: string }[]; plateRotation: { weekday: number; digits: number[] }[]; vehicleClasses: VehicleClass[]; accessClasses: string[]; energies: Energy[]; plates: 'all' | 'local' | 'nonLocal'; appliesOnHolidays: boolean; permits: { vehicleId: Id; from: Day; until: Day | null; number: string | null }[]; source: string; isActive: boolean }

// ---- orders. POST /api/orders (one Order), POST /api/orders/bulk (Order[]) → IntakeResult. GET /api/orders?day=&state=&partnerId=&q=&limit=&after= → Page<OrderRow>; GET /api/orders/{id} → OrderDetail; POST /api/orders/{id}/cancel {reason}
export interface Order {
  partner: string; waybill: string; sizeClass: SizeClass; weightGrams: number; volumeMl: number; handling?: HandlingClass; isDamaged?: boolean; epc?: string;
  recipientName: string; recipientPhone: string; recipientAddress: string;
  consentsToTerminal?: boolean; senderDesignatesTerminal?: string | null; senderAgreesToLocker?: boolean;
  releaseAt?: Instant; promiseFrom: Instant; promiseUntil: Instant;
  options: OrderOption[];
  /** Recipient's position; the first door option's when absent. */
  lon?: number; lat?: number; datum?: 'WGS84' | 'GCJ02' | 'BD09';
  hub?: string; district?: string; priority?: number; flow?: 'delivery' | 'pickup';
}
export interface OrderOption { kind: 'door' | 'terminal'; terminal?: string; lon?: number; lat?: number; datum?: 'WGS84' | 'GCJ02' | 'BD09'; from?: Instant; until?: Instant; preferenceFen?: number }
export interface IntakeResult { received: number; created: number; revised: number; unchanged: number; quarantined: number; refused: number; items: { row: number; waybill: string; outcome: 'created' | 'revised' | 'unchanged' | 'quarantined' | 'refused'; id: Id | null; problems: FieldProblem[] }[] }
export interface Page<T> { items: T[]; next: string | null; total: number }
export interface OrderRow { id: Id; partnerId: Id; waybill: string; state: ParcelState; sizeClass: SizeClass; handling: HandlingClass; weightGrams: number; volumeMl: number; recipientMasked: string; phoneTail: string; addressMasked: string; optionKinds: string[]; promiseFrom: Instant; promiseUntil: Instant }
export interface OrderDetail extends OrderRow { epc: string | null; releaseAt: Instant | null; consentsToTerminal: boolean; options: { id: Id; kind: 'door' | 'terminal'; terminalId: Id | null; at: LonLat; sourceDatum: string; from: Instant; until: Instant; preferenceFen: number }[]; history: { at: Instant; state: ParcelState; actor: string; action: string; note: string | null }[] }

// ---- CSV intake: POST /api/imports (multipart: file, partner?) → ImportPreview; PUT /api/imports/{id}/mapping (header, "=text" for all rows, weightGrams.unit) → ImportPreview; POST /api/imports/{id}/commit → ImportReport; GET /api/imports → ImportReport[]
export interface ImportPreview { id: Id; fileName: string; encoding: 'utf-8' | 'utf-16' | 'utf-16be' | 'gb18030'; delimiter: string; headers: string[]; mapping: Record<string, string | null>; fields: { name: string; labelZh: string; labelEn: string; required: boolean }[]; /** columns without which no row can be taken */ missing: string[]; /** units of numbers without one */ units: Record<string, string>; notes: { field: string; rule: string; value: string }[]; rows: string[][]; rowCount: number; problems: FieldProblem[]; problemCount: number; wouldCreate: number; wouldRevise: number; wouldQuarantine: number; unchanged: number; wouldRefuse: number }
export interface ImportReport { id: Id; fileName: string; at: Instant; actor: string; state: 'preview' | 'committed' | 'discarded'; rowCount: number; created: number; revised: number; unchanged: number; quarantined: number; refused: number; seconds: number | null /* null = not measured */ }
// quarantine: GET /api/quarantine?state=open → Page<QuarantineRow>; PUT /api/quarantine/{id} {fields} mends and re-checks; POST /api/quarantine/{id}/release; POST /api/quarantine/{id}/reject {reason}
export interface QuarantineRow { id: Id; importId: Id | null; row: number; partnerId: Id | null; waybill: string; fields: Record<string, string>; problems: FieldProblem[]; state: 'open' | 'released' | 'rejected'; at: Instant }

// ---- plans. GET /api/plans?day= → PlanSummary[]; POST /api/plans/solve SolveRequest → SolveJob; GET /api/plans/solve/{jobId} → SolveJob; POST /api/plans/solve/{jobId}/cancel (keeps the best)
// live progress: GET /api/live (server-sent events; event types: solve, board, plan, schedule, device) – `solve` carries SolveJob.
// GET /api/plans/{id} → PlanView; POST /api/plans/{id}/price PlanEdit[] → EditPrice; POST /api/plans/{id}/edit PlanEdit[] → PlanSummary (a new version); POST /api/plans/{id}/publish {reason}; GET /api/plans/compare?a=&b= → PlanComparison
// exports: GET /api/plans/{id}/export.geojson | export.csv | problem.json | plan.json ; GET /api/plans/{id}/manifests/{routeNo} (printable HTML with QR codes) and /manifests (all)
export interface PlanSummary { id: Id; day: Day; version: number; state: 'draft' | 'published' | 'superseded'; createdAt: Instant; createdBy: string; publishedAt: Instant | null; note: string; costFen: number; distanceMetres: number; durationSeconds: number; vehicles: number; stops: number; assigned: number; unassigned: number; isChecked: boolean; basedOn: Id | null; unservedFen: number /* part of costFen that nobody pays: the price of what is left out */ }
export interface SolveRequest { day: Day; seconds: number; threads?: number; seed?: number; basedOn?: Id; edits?: PlanEdit[]; note?: string }
export interface SolveJob { id: Id; day: Day; state: 'queued' | 'building' | 'solving' | 'checking' | 'storing' | 'done' | 'cancelled' | 'failed'; secondsElapsed: number; secondsBudget: number; iterations: number; curve: { seconds: number; costFen: number; unassigned: number }[]; best: { costFen: number; unassigned: number; vehicles: number } | null; preview: { routeNo: number; line: LonLat[] }[] | null; planId: Id | null; error: Problem | null }
export interface PlanView { summary: PlanSummary; routes: RouteView[]; unassigned: UnassignedView[]; cost: { part: CostPart; fen: number }[]; terminals: TerminalLoad[]; edits: PlanEdit[]; warnings: string[]; /** Made by repairing a running plan: repaired again, not edited. */ isRepair: boolean }
export type CostPart = 'unserved' | 'fixed' | 'distance' | 'duration' | 'overtime' | 'lateness' | 'preference' | 'balance' | 'disturbance';
export interface RouteView { routeNo: number; vehicleId: Id; plate: string; courierId: Id | null; courier: string | null; shiftStart: Instant; shiftEnd: Instant; start: Instant; end: Instant; distanceMetres: number; driveSeconds: number; waitSeconds: number; serviceSeconds: number; costFen: number; parcels: number; stops: StopView[]; trips: number; peakLoad: { grams: number; ml: number; parcels: number; gramsPct: number; mlPct: number; parcelsPct: number } }
/** stopNo is the index in the route's list; 0 is the start. */
export interface StopView { stopNo: number; trip: number; kind: 'start' | 'terminal' | 'door' | 'reload' | 'break' | 'handover' | 'end'; placeName: string; terminalId: Id | null; at: LonLat; arrival: Instant; start: Instant; departure: Instant; windowFrom: Instant | null; windowUntil: Instant | null; slackSeconds: number; loadParcels: number; parcelIds: Id[]; leg: LonLat[]; takenOver: number }
export interface UnassignedView { parcelId: Id; waybill: string; partnerId: Id; at: LonLat; reason: string; details: { option: string; rule: string; text: string }[]; remedy: string | null }
/** GET /api/plans/{id}/parcels → PlanParcel[] (compact; one per assigned parcel) */
export interface PlanParcel { parcelId: Id; waybill: string; partnerId: Id; routeNo: number; stopNo: number; option: 'door' | 'terminal'; terminalId: Id | null; size: SizeClass; givenSize: SizeClass | null; isLocked: boolean; arrival: Instant; windowUntil: Instant; preferenceFen: number }
export type PlanEdit =
  | { kind: 'lockRoute'; routeNo: number } | { kind: 'unlockRoute'; routeNo: number }
  | { kind: 'lockParcels'; parcelIds: Id[]; vehicleId: Id } | { kind: 'unlockParcels'; parcelIds: Id[] }
  | { kind: 'forbid'; parcelIds: Id[]; vehicleId: Id }
  | { kind: 'moveStop'; fromRoute: number; stopNo: number; toRoute: number; position: number /* index in the target's stops afterwards */ }
  | { kind: 'moveParcels'; parcelIds: Id[]; toRoute: number; position: number /* -1 = the cheapest place */ }
  | { kind: 'unassign'; parcelIds: Id[] }
  | { kind: 'reverse'; routeNo: number }
  | { kind: 'addVehicle'; vehicleId: Id } | { kind: 'removeVehicle'; vehicleId: Id };
/** A rule that would be broken: text says it in English, the parts let the page say it in its own language. */
export interface BrokenRule { routeNo: number; stopNo: number | null; parcelIds: Id[]; rule: string; text: string; plate: string | null; subject: string | null; value: string | null; limit: string | null }
/** costFen leaves out what unserved parcels are priced at; parcels: served after less before. */
export interface EditPrice { isLegal: boolean; costFen: number; distanceMetres: number; durationSeconds: number; parcels: number; brokenWindows: number; violations: BrokenRule[]; routes: RouteView[] }
/** GET /api/plans/{id}/takers/{routeNo}/{stopNo}: vehicles that could make a stop instead, cheapest first; position as moveStop takes it. */
export interface Takers { takers: { routeNo: number; plate: string; position: number; costFen: number; distanceMetres: number; durationSeconds: number }[]; tried: number }
export interface PlanComparison { a: PlanSummary; b: PlanSummary; cost: { part: CostPart; aFen: number; bFen: number }[]; routes: { plate: string; aStops: number; bStops: number; aMetres: number; bMetres: number; aParcels: number; bParcels: number }[]; movedParcels: number; changedOption: number; onlyInA: number; onlyInB: number; terminals: { terminalId: Id; name: string; a: number; b: number }[] }

// ---- users: GET/POST /api/users, PUT/DELETE /api/users/{id}, POST /api/users/{id}/password; GET/POST/DELETE /api/tokens; GET /api/audit?object=&actor=&after= → Page<AuditRow>
export interface User { id: Id; name: string; displayName: string; role: Role; partnerId: Id | null; /** Written as '' to take the link away. */ courierId: Id | null; isActive: boolean; lastSignInAt: Instant | null }
export interface ApiToken { id: Id; name: string; partnerId: Id | null; createdAt: Instant; lastUsedAt: Instant | null; revokedAt: Instant | null; secret?: string }
export interface AuditRow { id: Id; at: Instant; actor: string; action: string; object: string; reason: string | null; before: unknown; after: unknown }

// ---- schedule (Quartz): GET /api/schedule → ScheduledJob[]; PUT /api/schedule/{name} {cron, isPaused}; POST /api/schedule/{name}/run
export interface ScheduledJob { name: string; descriptionZh: string; descriptionEn: string; cron: string; isPaused: boolean; nextFireAt: Instant | null; lastFireAt: Instant | null; lastOutcome: 'ok' | 'failed' | 'running' | null; lastMessage: { zh: string; en: string } | null; misfireRule: 'runOnce' | 'skip'; runs: number }

// ---- search: GET /api/search?q= → SearchHit[]
export interface SearchHit { kind: 'parcel' | 'terminal' | 'vehicle' | 'courier' | 'partner'; id: Id; title: string; subtitle: string; at: LonLat | null }

// ---- settings: GET/PUT /api/settings
export interface Settings { tileStyleUrl: string | null; travel: 'greatCircle' | 'osrm'; osrmUrl: string | null; detourFactor: number; planSeconds: number; retentionDays: number }

// ---- service area: GET/PUT /api/area (administrator)
export interface AreaSettings { name: string; zone: string; plateLocality: string; polygon: LonLat[]; doorSetupSeconds: number; doorHandlingSeconds: number; terminalHandlingSeconds: number; reloadSeconds: number; unservedFen: number; storageHours: number }
