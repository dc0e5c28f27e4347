/** Sorting, filtering and text export of rows; pure, so that the table component only draws. */
export interface Column<T> {
  key: string;
  label: string;
  /** Said when the pointer rests on the header. */
  hint?: string;
  value: (row: T) => string | number | null;
  width?: number;
  align?: 'left' | 'right';
}

export interface SortState { key: string; isDescending: boolean }

export function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], sort: SortState | null): readonly T[] {
  const column = sort && columns.find((candidate) => candidate.key === sort.key);
  if (!column) return rows;
  const direction = sort.isDescending ? -1 : 1;
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return [...rows].sort((a, b) => {
    const x = column.value(a), y = column.value(b);
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)));
  });
}

/** Rows in which every blank-separated word occurs in some column. */
export function filterRows<T>(rows: readonly T[], columns: readonly Column<T>[], text: string): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const line = columns.map((column) => String(column.value(row) ?? '')).join('\t').toLowerCase();
    return words.every((word) => line.includes(word));
  });
}

function quote(cell: string | number | null): string {
  // A leading =, +, -, @ would run as a formula in a spreadsheet.
  const text = String(cell ?? '');
  const safe = typeof cell === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [columns.map((column) => quote(column.label)).join(','), ...rows.map((row) => columns.map((column) => quote(column.value(row))).join(','))];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

export function toText<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  return rows.map((row) => columns.map((column) => String(column.value(row) ?? '')).join('\t')).join('\n');
}
