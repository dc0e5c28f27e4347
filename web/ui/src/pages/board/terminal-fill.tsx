import type { TerminalLoad } from '../../api/contract';
import { goTo } from '../../app-state';
import { Gauge } from '../../components/charts';
import { DataTable } from '../../components/data-table';
import { t, tx } from '../../i18n';
import { formatPercent } from '../../model/format';
import { fillOf } from '../../model/terminal-load';

const share = (terminal: TerminalLoad) => fillOf(terminal).share;

const sizes = (terminal: TerminalLoad) => terminal.bySize.map((size) => `${size.size} ${size.occupied + size.planned}/${size.capacity}`);

/** Every terminal with its fill, the fullest first. */
export function TerminalFill({ terminals, onSelect, selected }: { terminals: readonly TerminalLoad[]; onSelect?: (id: string) => void; selected?: string | null }) {
  return (
    <div class="fill-table">
      <DataTable label={t('board.terminals')} rows={terminals} rowKey={(row) => row.terminalId} fileName="terminals" initialSort={{ key: 'fill', isDescending: true }} selected={selected ?? null}
        onSelect={(row) => onSelect?.(row.terminalId)} onOpen={(row) => goTo('network', { tab: 'terminals', sel: row.terminalId })}
        columns={[
          { key: 'name', label: t('field.terminal'), value: (row) => row.name },
          { key: 'fill', label: t('field.fill'), width: 122, value: share, render: (row) => <span class="fill-cell"><Gauge share={share(row)} label={`${row.name} ${formatPercent(share(row))}`} /><span class="num">{formatPercent(share(row))}</span></span> },
          { key: 'occupied', label: t('field.occupied'), width: 74, align: 'right', value: (row) => fillOf(row).occupied },
          { key: 'planned', label: t('field.planned'), width: 66, align: 'right', value: (row) => fillOf(row).planned },
          { key: 'capacity', label: t('field.capacity'), width: 80, align: 'right', value: (row) => fillOf(row).capacity },
          { key: 'awaited', label: t('field.awaited'), hint: t('field.awaitedHint'), width: 74, align: 'right', value: (row) => fillOf(row).awaited, render: (row) => fillOf(row).awaited || '–' },
          { key: 'kind', label: t('field.kind'), width: 80, value: (row) => tx('terminalKind', row.kind) },
          { key: 'district', label: t('field.district'), width: 90, value: (row) => row.district },
          { key: 'sizes', label: 'S / M / L / XL', width: 240, value: (row) => sizes(row).join('  '), render: (row) => <span class="num muted">{sizes(row).join('   ')}</span> },
        ]} />
    </div>
  );
}
