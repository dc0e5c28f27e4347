import type { TerminalLoad } from '../../api/contract';
import { goTo } from '../../app-state';
import { Gauge } from '../../components/charts';
import { DataTable } from '../../components/data-table';
import { t, tx } from '../../i18n';
import { formatPercent } from '../../model/format';

const share = (terminal: TerminalLoad) => (terminal.capacity > 0 ? terminal.planned / terminal.capacity : 0);

/** Every terminal with its fill, the fullest first. */
export function TerminalFill({ terminals, onSelect, selected }: { terminals: readonly TerminalLoad[]; onSelect?: (id: string) => void; selected?: string | null }) {
  return (
    <div class="fill-table">
      <DataTable label={t('board.terminals')} rows={terminals} rowKey={(row) => row.terminalId} fileName="terminals" initialSort={{ key: 'fill', isDescending: true }} selected={selected ?? null}
        onSelect={(row) => onSelect?.(row.terminalId)} onOpen={(row) => goTo('network', { tab: 'terminals', sel: row.terminalId })}
        columns={[
          { key: 'name', label: t('field.terminal'), value: (row) => row.name },
          { key: 'kind', label: t('field.kind'), width: 80, value: (row) => tx('terminalKind', row.kind) },
          { key: 'district', label: t('field.district'), width: 90, value: (row) => row.district },
          { key: 'planned', label: t('field.plannedOfCapacity'), width: 110, align: 'right', value: (row) => row.planned, render: (row) => `${row.planned} / ${row.capacity}` },
          { key: 'fill', label: t('field.fill'), width: 150, value: share, render: (row) => <span class="fill-cell"><Gauge share={share(row)} label={`${row.name} ${formatPercent(share(row))}`} /><span class="num">{formatPercent(share(row))}</span></span> },
          { key: 'sizes', label: 'S / M / L / XL', width: 240, value: (row) => row.bySize.map((size) => `${size.size} ${size.planned}/${size.capacity}`).join('  '), render: (row) => <span class="num muted">{row.bySize.map((size) => `${size.size} ${size.planned}/${size.capacity}`).join('   ')}</span> },
        ]} />
    </div>
  );
}
