/** What is selected on a plan, as one short text so that it fits in the address bar. Pure. */
export interface Selection { routeNo: number | null; stopNo: number | null; parcelId: string | null; terminalId: string | null }

export const NOTHING: Selection = { routeNo: null, stopNo: null, parcelId: null, terminalId: null };

export function parseSelection(text: string | undefined): Selection {
  if (!text) return NOTHING;
  const route = /^r(\d+)(?:\.(\d+))?$/.exec(text);
  if (route) return { ...NOTHING, routeNo: Number(route[1]), stopNo: route[2] === undefined ? null : Number(route[2]) };
  if (text.startsWith('par_')) return { ...NOTHING, parcelId: text };
  if (text.startsWith('ter_')) return { ...NOTHING, terminalId: text };
  return NOTHING;
}

export function formatSelection(selection: Selection): string {
  if (selection.routeNo !== null) return `r${selection.routeNo}${selection.stopNo === null ? '' : `.${selection.stopNo}`}`;
  return selection.parcelId ?? selection.terminalId ?? '';
}
