/** Wire types of /api/rosters. Days are 0 to 6 from the Monday; minutes count from local midnight. */

export interface RosterShift { id: string; name: string; startMinute: number; endMinute: number; paidMinutes: number; isUnpopular: boolean }
export interface RosterCourier { id: string; code: string; name: string; hub: string; hubId: string; skills: string[]; classes: string[]; contractMinutes: number; maxMinutes: number }
export interface RosterVehicle { id: string; plate: string; vehicleClass: string; hubId: string; barredDays: number[] }
export interface RosterCell { courierId: string; day: number; shiftId: string | null; vehicleId: string | null; isLocked: boolean }
export type WishKind = 'absent' | 'dayOff' | 'avoid' | 'want';
export interface CourierWish { courierId: string; day: number | null; kind: WishKind; shiftId: string | null; weight: number }
export interface RosterDemand { day: number; startMinute: number; endMinute: number; needed: number; scheduled: number; skill: string | null; hubId: string | null }
export interface RosterVolume { day: number; parcels: number; source: 'came' | 'forecast' | 'history' | 'none' }
export interface BrokenWish {
  kind: 'lock' | 'shortage' | 'wish' | 'underContract' | 'overContract';
  day: number | null; courierId: string | null; amount: number; startMinute: number | null; endMinute: number | null;
  needed: number | null; skill: string | null; hubId: string | null; wishKind: WishKind | null; shiftId: string | null; text: string;
}
export type FaultKind = 'absent' | 'dayMinutes' | 'weekMinutes' | 'rest' | 'daysInARow' | 'daysOff' | 'noVehicle' | 'licence' | 'plateBarred' | 'vehicleTwice';
export interface RosterFault { kind: FaultKind; courierId: string; day: number | null; text: string }
export interface RosterSolve { at: string; by: string; outcome: string; message: string; shortageMinutes: number; shortageBound: number; points: number; pointsBound: number; seconds: number }
export interface RosterJob { state: 'running' | 'done' | 'cancelled' | 'failed'; step: 'search' | 'demand' | 'wishes'; seconds: number; budget: number; best: number | null; bound: number | null; message: string | null }

export interface RosterView {
  firstDay: string; revision: number; publishedAt: string | null; publishedBy: string | null; isChangedSincePublished: boolean;
  shifts: RosterShift[]; couriers: RosterCourier[]; vehicles: RosterVehicle[]; cells: RosterCell[]; wishes: CourierWish[];
  demand: RosterDemand[]; volumes: RosterVolume[]; broken: BrokenWish[]; faults: RosterFault[];
  solve: RosterSolve | null; job: RosterJob | null; engineProblem: string | null;
}

export interface ShiftTemplate { id: string; name: string; startMinute: number; endMinute: number; breakMinutes: number; isUnpopular: boolean }
export interface SkillNeed { skill: string; startMinute: number; endMinute: number; couriers: number }
export interface RosterSetup {
  shifts: ShiftTemplate[];
  rules: { maxDayMinutes: number; maxWeekMinutes: number; maxDaysInARow: number; minDaysOff: number; minRestMinutes: number };
  parcelsPerCourierHour: number; hourShares: number[]; skillNeeds: SkillNeed[]; contractMinutes: number;
}
