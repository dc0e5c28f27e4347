import { useMemo, useState } from 'preact/hooks';
import { api, query } from '../../api/client';
import type { Network, OrderDetail, OrderRow } from '../../api/contract';
import { canEdit, day, me, setUrl, url, zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Confirm } from '../../components/dialog';
import { Empty, Loading, Problem } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { usePaged } from '../../components/use-paged';
import { t, tx } from '../../i18n';
import { auditWords } from '../../model/audit-words';
import { formatClock, formatInstant, formatWeight } from '../../model/format';
import { STATE_COLOURS } from '../../model/parcel-states';

const PAGE_SIZE = 1000;

/** The day's parcels, with the whole story of the selected one. */
export function OrdersPanel() {
  const text = url.value.values['q'] ?? '';
  const selected = url.value.values['sel'] ?? null;
  const orders = usePaged<OrderRow>(`/api/orders${query({ day: text ? null : day.value, q: text || null, limit: PAGE_SIZE })}`);
  const network = useData<Network>('/api/network');
  const partners = useMemo(() => new Map(network.data?.partners.map((partner) => [partner.id, partner.name])), [network.data]);

  if (orders.error && !orders.rows) return <Problem error={orders.error} onRetry={orders.reload} />;
  if (!orders.rows) return <Loading />;
  const rows = orders.rows;
  return (
    <div class="split">
      <DataTable label={t('intake.orders')} rows={rows} rowKey={(row) => row.id} selected={selected} onSelect={(row) => setUrl({ sel: row.id })} fileName={`orders-${day.value}`} empty={<Empty icon="intake" title={t('intake.noOrders')} />}
        tools={<>
          {text && <button class="button small" onClick={() => setUrl({ q: '' })}>{t('intake.clearSearch', { q: text })}</button>}
          {orders.hasMore && <button class="button small" onClick={() => void orders.loadMore()}>{t('intake.loadMore', { n: (orders.total - rows.length).toLocaleString('en-GB') })}</button>}
        </>}
        columns={[
          { key: 'waybill', label: t('field.waybill'), width: 150, value: (row) => row.waybill },
          ...(me.value?.role === 'partner' ? [] : [{ key: 'partner', label: t('field.partner'), width: 130, value: (row: OrderRow) => partners.get(row.partnerId) ?? row.partnerId }]),
          { key: 'state', label: t('field.state'), width: 96, value: (row) => tx('state', row.state), render: (row) => <span class="state-chip"><i style={{ background: STATE_COLOURS[row.state] }} />{tx('state', row.state)}</span> },
          { key: 'size', label: t('field.size'), width: 50, value: (row) => row.sizeClass },
          { key: 'handling', label: t('field.handling'), width: 80, value: (row) => tx('handling', row.handling) },
          { key: 'weight', label: t('field.weight'), width: 80, align: 'right', value: (row) => row.weightGrams, render: (row) => formatWeight(row.weightGrams) },
          { key: 'options', label: t('field.options'), width: 120, value: (row) => row.optionKinds.map((kind) => tx('optionKind', kind)).join(' / ') },
          { key: 'until', label: t('field.promise'), width: 110, value: (row) => row.promiseUntil, render: (row) => `${formatClock(row.promiseFrom, zone.value)}–${formatClock(row.promiseUntil, zone.value)}` },
          { key: 'recipient', label: t('field.recipient'), width: 120, value: (row) => `${row.recipientMasked} ${row.phoneTail}` },
          { key: 'address', label: t('field.address'), value: (row) => row.addressMasked },
        ]} />
      <aside class="split-side">{selected ? <OrderStory key={selected} id={selected} onChanged={orders.reload} network={network.data} /> : <Empty icon="intake" title={t('intake.pickOrder')} />}</aside>
    </div>
  );
}

function OrderStory({ id, onChanged, network }: { id: string; onChanged: () => void; network: Network | null }) {
  const order = useData<OrderDetail>(`/api/orders/${id}`);
  const [isCancelling, setCancelling] = useState(false);
  if (order.error) return <Problem error={order.error} onRetry={order.reload} />;
  if (!order.data) return <Loading />;
  const data = order.data;
  const terminalName = (terminalId: string | null) => network?.terminals.find((terminal) => terminal.id === terminalId)?.name ?? terminalId ?? '';

  async function cancel(reason: string) {
    setCancelling(false);
    try { await api.post(`/api/orders/${id}/cancel`, { reason }); order.reload(); onChanged(); } catch (error) { toast.problem(error); }
  }

  return (
    <div class="inspector">
      <h2>{data.waybill}</h2>
      <p class="state-chip"><i style={{ background: STATE_COLOURS[data.state] }} />{tx('state', data.state)}</p>
      <dl class="facts">
        <div><dt>{t('field.recipient')}</dt><dd>{data.recipientMasked} · {data.phoneTail}</dd></div>
        <div><dt>{t('field.address')}</dt><dd>{data.addressMasked}</dd></div>
        <div><dt>{t('field.size')}</dt><dd>{data.sizeClass} · {formatWeight(data.weightGrams)} · {(data.volumeMl / 1000).toFixed(1)} L · {tx('handling', data.handling)}</dd></div>
        {data.epc && <div><dt>EPC</dt><dd><code>{data.epc}</code></dd></div>}
        {data.releaseAt && <div><dt>{t('field.release')}</dt><dd class="num">{formatInstant(data.releaseAt, zone.value)}</dd></div>}
        <div><dt>{t('field.promise')}</dt><dd class="num">{formatInstant(data.promiseFrom, zone.value)} – {formatClock(data.promiseUntil, zone.value)}</dd></div>
        <div><dt>{t('field.consent')}</dt><dd>{data.consentsToTerminal ? t('value.yes') : t('value.no')}</dd></div>
      </dl>
      <h3>{t('field.options')}</h3>
      <table class="plain"><tbody>{data.options.map((option) => <tr key={option.id}><td>{option.kind === 'terminal' ? terminalName(option.terminalId) : tx('optionKind', option.kind)}</td><td class="num">{formatClock(option.from, zone.value)}–{formatClock(option.until, zone.value)}</td><td class="muted">{option.sourceDatum}</td></tr>)}</tbody></table>
      <h3>{t('field.history')}</h3>
      <ol class="history">{data.history.map((entry, index) => <li key={index}><span class="num muted">{formatInstant(entry.at, zone.value)}</span> <b>{tx('state', entry.state)}</b> <span class="muted">{auditWords(entry.action)}{entry.actor && ` · ${entry.actor}`}</span>{entry.note && <div>{entry.note}</div>}</li>)}</ol>
      {canEdit.value && data.state !== 'cancelled' && <button class="button danger" onClick={() => setCancelling(true)}>{t('intake.cancelOrder')}</button>}
      {isCancelling && <Confirm title={t('intake.cancelOrder')} text={t('intake.cancelAsk', { waybill: data.waybill })} action={t('intake.cancelOrder')} needsReason onConfirm={(reason) => void cancel(reason)} onClose={() => setCancelling(false)} />}
    </div>
  );
}
