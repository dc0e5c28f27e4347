/** Wire types of /api/plans/{id}/bound. Money is fen. */

export interface PreferenceBoundView {
  outcome: string; message: string; parcels: number; planFen: number; bestFen: number; planWalkMetres: number; bestWalkMetres: number;
  driving: { planMetres: number; preferredMetres: number; planOperatingFen: number; preferredOperatingFen: number; planUnassigned: number; preferredUnassigned: number } | null;
}
