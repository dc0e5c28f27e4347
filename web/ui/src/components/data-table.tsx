import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { filterRows, sortRows, toCsv, toText, type Column, type SortState } from '../model/table';
import { Icon } from './icon';
import { saveText } from './save-file';

export interface TableColumn<T> extends Column<T> {
  render?: (row: T) => ComponentChildren;
  /** In a narrower table (px) the column is not drawn; it is still filtered, copied and exported. */
  minTableWidth?: number;
}

interface Props<T> {
  label: string;
  rows: readonly T[];
  columns: readonly TableColumn<T>[];
  rowKey: (row: T) => string;
  selected?: string | null;
  onSelect?: (row: T) => void;
  onHover?: (row: T | null) => void;
  onOpen?: (row: T) => void;
  fileName?: string;
  empty?: ComponentChildren;
  rowHeight?: number;
  tools?: ComponentChildren;
  initialSort?: SortState;
  hasFilter?: boolean;
}

// Of a column that shares what is left of the width.
const LEAST_WIDTH = 112;

/** Virtualised rows: sort by header (mouse, or Tab and Enter), filter, arrow keys, ranges with Shift, copy as text, CSV. */
export function DataTable<T>({ label, rows, columns, rowKey, selected, onSelect, onHover, onOpen, fileName, empty, rowHeight = 30, tools, initialSort, hasFilter = true }: Props<T>) {
  const [sort, setSort] = useState<SortState | null>(initialSort ?? null);
  const [filter, setFilter] = useState('');
  const [scroll, setScroll] = useState(0);
  const [size, setSize] = useState({ height: 400, width: Infinity });
  const [hasMore, setHasMore] = useState(false);
  const [range, setRange] = useState<[number, number] | null>(null);
  const body = useRef<HTMLDivElement>(null);

  const shown = useMemo(() => sortRows(filterRows(rows, columns, filter), columns, sort), [rows, columns, filter, sort]);
  const cursor = selected ? shown.findIndex((row) => rowKey(row) === selected) : -1;

  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const observer = new ResizeObserver(() => { setSize({ height: element.clientHeight, width: element.clientWidth }); lookRight(element); });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Columns beyond the right edge are announced by a shade there.
  function lookRight(element: HTMLElement) { setHasMore(element.scrollLeft + element.clientWidth < element.scrollWidth - 1); }

  function reveal(index: number) {
    const element = body.current;
    if (!element) return;
    const top = index * rowHeight, head = 28;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight + head > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight + head - element.clientHeight;
  }

  // A selection made elsewhere (map, timeline) is brought into view here.
  useEffect(() => { if (cursor >= 0) reveal(cursor); }, [selected]);

  function pick(index: number, isRange: boolean) {
    const row = shown[index];
    if (!row) return;
    setRange(isRange && range ? [range[0], index] : [index, index]);
    onSelect?.(row);
    reveal(index);
  }

  function onKeyDown(event: KeyboardEvent) {
    // Keys of a header's button sort; they move no row.
    if ((event.target as HTMLElement).closest('.table-head')) return;
    const current = range ? range[1] : cursor;
    const moves: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + 15, PageUp: current - 15, Home: 0, End: shown.length - 1 };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      pick(Math.max(0, Math.min(shown.length - 1, next)), event.shiftKey);
    } else if (event.key === 'Enter' && shown[current]) onOpen?.(shown[current]);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'c' && range) {
      const [low, high] = [Math.min(...range), Math.max(...range)];
      void navigator.clipboard.writeText(toText(shown.slice(low, high + 1), columns));
    }
  }

  const first = Math.max(0, Math.floor(scroll / rowHeight) - 6);
  const last = Math.min(shown.length, Math.ceil((scroll + size.height) / rowHeight) + 6);
  const drawn = columns.filter((column) => size.width >= (column.minTableWidth ?? 0));
  const template = drawn.map((column) => (column.width ? `${column.width}px` : `minmax(${LEAST_WIDTH}px, 1fr)`)).join(' ');
  const least = drawn.reduce((sum, column) => sum + (column.width ?? LEAST_WIDTH), 0);
  const low = range ? Math.min(...range) : -1, high = range ? Math.max(...range) : -1;

  return (
    <section class={hasMore ? 'table-box more' : 'table-box'} aria-label={label}>
      <div class={tools ? 'table-tools wraps' : 'table-tools'}>
        {hasFilter && (
          <label class="table-filter">
            <Icon name="search" size={14} />
            <input type="search" value={filter} placeholder={t('table.filter')} aria-label={t('table.filter')} onInput={(event) => { setFilter(event.currentTarget.value); setRange(null); }} />
          </label>
        )}
        <span class="muted num">{shown.length === rows.length ? t('table.rows', { n: rows.length.toLocaleString('en-GB') }) : t('table.someRows', { n: shown.length.toLocaleString('en-GB'), all: rows.length.toLocaleString('en-GB') })}</span>
        <span class="grow" />
        {tools}
        {fileName && (
          <button class="icon-button" title={t('action.exportCsv')} aria-label={t('action.exportCsv')} onClick={() => saveText(`${fileName}.csv`, toCsv(shown, columns), 'text/csv')}>
            <Icon name="download" size={16} />
          </button>
        )}
      </div>
      <div class="table-body" ref={body} tabIndex={0} role="grid" aria-rowcount={shown.length} onKeyDown={onKeyDown} onScroll={(event) => { setScroll(event.currentTarget.scrollTop); lookRight(event.currentTarget); }}>
        <div class="table-head" role="row" style={{ gridTemplateColumns: template, minWidth: `${least}px` }}>
          {drawn.map((column) => {
            const isSorted = sort?.key === column.key;
            return (
              <span key={column.key} role="columnheader" aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'} class={column.align === 'right' ? 'right' : ''}>
                {column.label === '' ? <span class="visually-hidden">{t('table.actions')}</span> : <button title={column.hint ?? column.label} onClick={() => setSort(isSorted ? (sort.isDescending ? null : { key: column.key, isDescending: true }) : { key: column.key, isDescending: false })}>
                  {column.label}
                  {isSorted && <i aria-hidden="true">{sort.isDescending ? ' ↓' : ' ↑'}</i>}
                </button>}
              </span>
            );
          })}
        </div>
        {shown.length === 0 && <div class="table-empty">{rows.length === 0 ? (empty ?? t('table.empty')) : t('table.noMatch')}</div>}
        <div class="table-rows" style={{ height: `${shown.length * rowHeight}px`, minWidth: `${least}px` }} onMouseLeave={() => onHover?.(null)}>
          {shown.slice(first, last).map((row, offset) => {
            const index = first + offset;
            const key = rowKey(row);
            const isOn = key === selected || (index >= low && index <= high && low !== high);
            return (
              <div key={key} role="row" aria-rowindex={index + 1} aria-selected={isOn} class={isOn ? 'table-row on' : 'table-row'} style={{ gridTemplateColumns: template, transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }} onClick={(event) => pick(index, event.shiftKey)} onDblClick={() => onOpen?.(row)} onMouseEnter={() => onHover?.(row)}>
                {drawn.map((column) => (
                  <span key={column.key} role="gridcell" class={column.align === 'right' ? 'right num' : ''} title={column.render ? undefined : String(column.value(row) ?? '')}>
                    {column.render ? column.render(row) : (column.value(row) ?? '–')}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
