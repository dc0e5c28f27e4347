import { expect, it } from 'vitest';
import { filterRows, sortRows, toCsv, toText, type Column } from './table';

interface Row { name: string; n: number | null }
const columns: Column<Row>[] = [{ key: 'name', label: '名称', value: (row) => row.name }, { key: 'n', label: 'N', value: (row) => row.n }];
const rows: Row[] = [{ name: 'R10', n: 3 }, { name: 'R9', n: null }, { name: '中关村, 1', n: 1 }];

it('sorts numbers by value and puts missing ones last in both directions', () => {
  expect(sortRows(rows, columns, { key: 'n', isDescending: false }).map((row) => row.n)).toEqual([1, 3, null]);
  expect(sortRows(rows, columns, { key: 'n', isDescending: true }).map((row) => row.n)).toEqual([3, 1, null]);
});
it('sorts text with numbers naturally', () => expect(sortRows(rows.slice(0, 2), columns, { key: 'name', isDescending: false }).map((row) => row.name)).toEqual(['R9', 'R10']));
it('filters by all words', () => expect(filterRows(rows, columns, 'r 3').map((row) => row.name)).toEqual(['R10']));
it('CSV quotes commas and defuses formulas', () => expect(toCsv([{ name: '=1+1', n: 1 }, { name: 'a,b', n: 2 }], columns)).toBe("\uFEFF名称,N\r\n'=1+1,1\r\n\"a,b\",2\r\n"));
it('copies as tab-separated text', () => expect(toText(rows.slice(0, 1), columns)).toBe('R10\t3'));
