import type { Day, Id, Instant, SizeClass } from './contract';

// ---- forecasts. GET /api/forecasts → ForecastOverview; 409 problem "No forecast" from the other GETs before the first training.
export type TrainingState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
export interface Training { state: TrainingState; step: string; done: number; total: number; elapsedSeconds: number; secondsLeft: number | null; error: string | null }
export interface InputNote { kind: string; series: string; days: number; first: Day; text: string }
export interface MethodRow { method: string; weight: number; wape: number }
export interface CoverageRow { key: string; days: number; p10Days: number; aboveP10: number; belowP90: number }
export interface NodeCoverage { level: string; horizon: number; days: number; p10Days: number; aboveP10: number; belowP90: number }
export interface OriginRow { origin: Day; wape: number; bestSimple: string; bestSimpleWape: number; belowP90: number }
export interface ForecastReport {
  series: number; firstDay: Day; lastDay: Day; isQuick: boolean; trainSeconds: number; reconciliation: 'bottomUp' | 'minTrace' | 'topDown'; noteCounts: Record<string, number>; notes: InputNote[];
  methods: MethodRow[]; byHorizon: CoverageRow[]; byLevel: CoverageRow[]; origins: OriginRow[]; byNode: NodeCoverage[] | null;
}
export interface ForecastRun { id: Id; origin: Day; horizon: number; createdAt: Instant; forecastAt: Instant; report: ForecastReport }
export interface ForecastOverview { run: ForecastRun | null; training: Training; refused: string | null }
// GET /api/forecasts/series?terminal=<id|door>&partner=&size=&days=
export interface DayValue { day: Day; volume: number }
export interface DayQuantiles { day: Day; p10: number; p50: number; p90: number }
export type DayKind = 'ordinary' | 'holiday' | 'makeUpWorkday';
export interface CalendarMark { day: Day; kind: DayKind; name: string | null; festival: string | null; source: string | null }
export interface ForecastSeries { terminal: string | null; partner: Id | null; size: SizeClass | null; history: DayValue[]; forecasts: DayQuantiles[]; past: DayQuantiles[]; marks: CalendarMark[] }
// GET /api/forecasts/drivers?…&day=
export interface Driver { feature: string; group: string; value: number | null; parcels: number }
export interface Drivers { day: Day; baseParcels: number; drivers: Driver[] }
// GET /api/forecasts/accuracy → AccuracyDay[]
export interface AccuracyDay { day: Day; daysAhead: number; actual: number; p50: number; p90: number; wape: number; naiveWape: number; belowP90: number }
// PUT /api/forecasts/calendar CalendarChange, DELETE /api/forecasts/calendar?from=&until= → CalendarChanged
export interface CalendarChange { from: Day; until: Day | null; kind: DayKind | null; name: string | null; festival: string | null; source: string | null; reason: string | null }
export interface CalendarChanged { days: CalendarMark[]; effect: { day: Day; before: number | null; after: number | null }[] }
// GET /api/forecasts/fleet?level=&days= → Fleet
export interface ShiftProposal { shiftName: string; startMinute: number; endMinute: number; share: number; parcels: number; vehicles: number; couriers: number; available: number }
export interface FleetDay { day: Day; p50: number; p90: number; ordered: number; parcels: number; capacity: number; confidence: number; shifts: ShiftProposal[] }
export type FleetBasisKind = 'published' | 'draft' | 'shifts' | 'vehicles';
export interface Fleet { serviceLevel: number; basis: string | null; basisKind: FleetBasisKind; days: FleetDay[] }
// GET /api/forecasts/alerts?days= → NearFullAlert[]
export interface NearFullAlert { terminalId: Id; name: string; district: string; capacity: number; freeNow: number; hoursAhead: number; at: Instant; share: number; meanShare: number }
// GET /api/forecasts/free/{terminalId}?hours= → FreeCompartments
export interface FreeCompartments { terminalId: Id; hours: Instant[]; sizes: { size: SizeClass; usable: number; promisedP90: number[]; mean: number[] }[] }
