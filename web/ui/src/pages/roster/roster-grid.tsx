import { useRef, useState } from 'preact/hooks';
import type { CourierWish, RosterCell, RosterView } from '../../api/roster-contract';
import { language } from '../../app-state';
import { Icon } from '../../components/icon';
import { t, tx } from '../../i18n';
import { addDays, formatCount } from '../../model/format';
import { clockOf, coverageOf, paidMinutes, type Place } from '../../model/roster';
import { CoverageCurve } from './coverage-curve';

interface Props {
  view: RosterView; hubId: string | null; selected: Place | null; isEditable: boolean;
  onSelect: (place: Place) => void; onOpen: (place: Place) => void; onKey: (place: Place, key: string) => boolean; onMove: (from: Place, to: Place) => void;
}

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** The calendar as one table: arrows walk it, Enter opens a cell, digits give shifts, L locks; a shift can be dragged anywhere. */
export function RosterGrid({ view, hubId, selected, isEditable, onSelect, onOpen, onKey, onMove }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [over, setOver] = useState<string | null>(null);
  const cells = new Map(view.cells.map((cell) => [`${cell.courierId} ${cell.day}`, cell]));
  const faulty = new Set(view.faults.flatMap((fault) => (fault.day === null ? DAYS : [fault.day]).map((day) => `${fault.courierId} ${day}`)));
  const plates = new Map(view.vehicles.map((vehicle) => [vehicle.id, vehicle.plate]));
  const couriers = hubId === null ? view.couriers : view.couriers.filter((courier) => courier.hubId === hubId);
  const first = couriers[0];
  const at = selected ?? (first ? { courierId: first.id, day: 0 } : null);

  function walk(event: KeyboardEvent, place: Place, row: number) {
    const [down, right] = event.key === 'ArrowDown' ? [1, 0] : event.key === 'ArrowUp' ? [-1, 0] : event.key === 'ArrowRight' ? [0, 1] : event.key === 'ArrowLeft' ? [0, -1] : [0, 0];
    if (down !== 0 || right !== 0) {
      event.preventDefault();
      const courier = couriers[Math.max(0, Math.min(couriers.length - 1, row + down))];
      if (!courier) return;
      const next = { courierId: courier.id, day: Math.max(0, Math.min(6, place.day + right)) };
      onSelect(next);
      table.current?.querySelector<HTMLElement>(`[data-place="${next.courierId} ${next.day}"]`)?.focus();
    } else if (onKey(place, event.key)) event.preventDefault();
  }

  return (
    <div class="roster-scroll">
      <table class="roster-grid" ref={table} aria-label={t('roster.grid')}>
        <thead>
          <tr>
            <th class="roster-who">{t('field.courier')} <span class="muted">({couriers.length})</span></th>
            {DAYS.map((day) => {
              const volume = view.volumes.find((candidate) => candidate.day === day);
              return (
                <th key={day} class={day >= 5 ? 'weekend' : undefined} scope="col">
                  <span>{tx('weekday', String(day + 1))} <b class="num">{addDays(view.firstDay, day).slice(5)}</b></span>
                  {volume && volume.source !== 'none' && <small class="num" title={t(`roster.source.${volume.source}`)}>{t(volume.source === 'came' ? 'roster.parcelsCame' : 'roster.parcelsP90', { n: formatCount(Math.round(volume.parcels), language.value) })}</small>}
                  {volume?.source === 'none' && <small class="warn-text">{t('roster.source.none')}</small>}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {couriers.map((courier, row) => {
            const minutes = paidMinutes(view, view.cells, courier.id);
            const isOver = minutes > courier.maxMinutes;
            return (
              <tr key={courier.id}>
                <th class="roster-who" scope="row" title={`${courier.hub} · ${courier.classes.map((name) => tx('vehicleClass', name)).join(' ')}`}>
                  <span class="roster-name">{courier.name} <small class="muted num">{courier.code}</small></span>
                  <span class={isOver ? 'roster-hours bad-text num' : 'roster-hours num'} title={t('roster.hoursHint', { max: courier.maxMinutes / 60 })}>{hours(minutes)}<small class="muted"> / {hours(courier.contractMinutes)} h</small></span>
                </th>
                {DAYS.map((day) => {
                  const key = `${courier.id} ${day}`;
                  const place = { courierId: courier.id, day };
                  const wish = view.wishes.find((candidate) => candidate.courierId === courier.id && (candidate.day === day || candidate.day === null));
                  const isSelected = selected?.courierId === courier.id && selected.day === day;
                  return (
                    <td key={day} class={`${over === key ? 'drop ' : ''}${wish?.kind === 'absent' ? 'absent ' : ''}${day >= 5 ? 'weekend' : ''}`}
                      onDragOver={(event) => { if (isEditable) { event.preventDefault(); setOver(key); } }}
                      onDragLeave={() => setOver(null)}
                      onDrop={(event) => { event.preventDefault(); setOver(null); const from = readPlace(event.dataTransfer?.getData('text/plain')); if (from && isEditable) onMove(from, place); }}>
                      <button class={isSelected ? 'roster-cell selected' : 'roster-cell'} data-place={key} tabIndex={at?.courierId === courier.id && at.day === day ? 0 : -1}
                        aria-label={describe(view, courier.name, day, cells.get(key), plates, wish)}
                        onClick={() => onSelect(place)} onDblClick={() => onOpen(place)}
                        onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); onOpen(place); } else walk(event, place, row); }}>
                        <Duty view={view} cell={cells.get(key)} plates={plates} isFaulty={faulty.has(key)} canDrag={isEditable} place={place} />
                        {wish && <WishMark view={view} wish={wish} />}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th class="roster-who" scope="row">{t('roster.coverage')}<small class="muted">{t('roster.coverageHint')}</small></th>
            {DAYS.map((day) => <td key={day}><CoverageCurve periods={coverageOf(view, view.cells, day, hubId)} peak={peakOf(view, hubId)} label={`${tx('weekday', String(day + 1))} ${t('roster.coverage')}`} /></td>)}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Duty({ view, cell, plates, isFaulty, canDrag, place }: { view: RosterView; cell: RosterCell | undefined; plates: Map<string, string>; isFaulty: boolean; canDrag: boolean; place: Place }) {
  if (!cell) return null;
  const index = view.shifts.findIndex((shift) => shift.id === cell.shiftId);
  const shift = view.shifts[index];
  if (!shift) return <span class="roster-off"><Icon name="lock" size={11} /> {t('roster.off')}</span>;
  return (
    <span class={`duty duty-${index % 6}${isFaulty ? ' faulty' : ''}`} draggable={canDrag} title={`${shift.name} ${clockOf(shift.startMinute)}–${clockOf(shift.endMinute)}`}
      onDragStart={(event) => { event.dataTransfer?.setData('text/plain', `${place.courierId} ${place.day}`); }}>
      <b>{shift.name}</b>
      <small class="num">{vehicleOf(cell, plates)}</small>
      {cell.isLocked && <i class="duty-lock"><Icon name="lock" size={11} /></i>}
    </span>
  );
}

const vehicleOf = (cell: RosterCell | undefined, plates: Map<string, string>) => (cell?.vehicleId ? (plates.get(cell.vehicleId) ?? '') : t('roster.noVehicle'));

function WishMark({ view, wish }: { view: RosterView; wish: CourierWish }) {
  const shift = view.shifts.find((candidate) => candidate.id === wish.shiftId);
  const text = `${tx('rosterWish', wish.kind)}${shift ? ` ${shift.name}` : ''}`;
  return <i aria-hidden="true" class={`wish wish-${wish.kind}`} title={text}>{wish.kind === 'absent' ? t('rosterWish.absent') : wish.kind === 'dayOff' ? '○' : wish.kind === 'avoid' ? '−' : '＋'}</i>;
}

function describe(view: RosterView, name: string, day: number, cell: RosterCell | undefined, plates: Map<string, string>, wish: CourierWish | undefined): string {
  const shift = view.shifts.find((candidate) => candidate.id === cell?.shiftId);
  return [name, tx('weekday', String(day + 1)), shift ? `${shift.name} ${vehicleOf(cell, plates)}` : t('roster.off'), shift ? `${clockOf(shift.startMinute)}–${clockOf(shift.endMinute)}` : '', cell?.isLocked ? t('roster.locked') : '', wish ? tx('rosterWish', wish.kind) : ''].filter((part) => part !== '').join(', ');
}

function readPlace(text: string | undefined): Place | null {
  const [courierId, day] = (text ?? '').split(' ');
  return courierId && day && /^[0-6]$/.test(day) ? { courierId, day: Number(day) } : null;
}

function hours(minutes: number): string {
  return (minutes / 60).toFixed(minutes % 60 === 0 ? 0 : 1);
}

function peakOf(view: RosterView, hubId: string | null): number {
  return Math.max(1, ...DAYS.flatMap((day) => coverageOf(view, view.cells, day, hubId).map((period) => Math.max(period.needed, period.scheduled))));
}
