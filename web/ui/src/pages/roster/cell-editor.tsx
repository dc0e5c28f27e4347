import type { CourierWish, RosterCell, RosterView, WishKind } from '../../api/roster-contract';
import { Dialog } from '../../components/dialog';
import { t, tx } from '../../i18n';
import { addDays } from '../../model/format';
import { assign, clockOf, setCell, setWish, toggleLock, type Place } from '../../model/roster';

const WISHES: readonly WishKind[] = ['absent', 'dayOff', 'avoid', 'want'];

/** One courier's day: shift, vehicle, lock, and what the courier asked for. Each choice is saved at once. */
export function CellEditor({ view, place, cell, isEditable, onChange, onClose }: {
  view: RosterView; place: Place; cell: RosterCell | undefined; isEditable: boolean; onChange: (draft: { cells?: RosterCell[]; wishes?: CourierWish[] }) => void; onClose: () => void;
}) {
  const courier = view.couriers.find((candidate) => candidate.id === place.courierId);
  if (!courier) return null;
  const wish = view.wishes.find((candidate) => candidate.courierId === place.courierId && candidate.day === place.day);
  const vehicles = view.vehicles.filter((vehicle) => vehicle.hubId === courier.hubId && courier.classes.includes(vehicle.vehicleClass));
  const firstShift = view.shifts[0]?.id ?? null;
  const change = (kind: WishKind | null, shiftId = wish?.shiftId ?? firstShift, weight = wish?.weight ?? 3) => onChange({ wishes: setWish(view.wishes, place.courierId, place.day, kind, shiftId, weight) });
  return (
    <Dialog title={`${courier.name} · ${tx('weekday', String(place.day + 1))} ${addDays(view.firstDay, place.day)}`} onClose={onClose}>
      <div class="form">
        <fieldset class="field group" disabled={!isEditable}>
          <legend>{t('field.shift')}</legend>
          {[null, ...view.shifts].map((shift) => (
            <label key={shift?.id ?? ''} class="inline"><input type="radio" name="shift" checked={(cell?.shiftId ?? null) === (shift?.id ?? null)} onChange={() => onChange({ cells: assign(view, view.cells, place.courierId, place.day, shift?.id ?? null) })} />{shift ? `${shift.name} ${clockOf(shift.startMinute)}–${clockOf(shift.endMinute)}` : t('roster.off')}</label>
          ))}
        </fieldset>
        {cell && cell.shiftId !== null && (
          <label class="field"><span>{t('field.vehicle')} · {courier.hub}</span>
            <select disabled={!isEditable} value={cell.vehicleId ?? ''} onChange={(event) => onChange({ cells: setCell(view.cells, { ...cell, vehicleId: event.currentTarget.value || null }) })}>
              <option value="">{t('roster.noVehicle')}</option>
              {vehicles.map((vehicle) => <option key={vehicle.id} value={vehicle.id} disabled={vehicle.barredDays.includes(place.day)}>{vehicle.plate} · {tx('vehicleClass', vehicle.vehicleClass)}{vehicle.barredDays.includes(place.day) ? ` · ${t('roster.barred')}` : ''}</option>)}
            </select>
          </label>
        )}
        <label class="field flag"><input type="checkbox" disabled={!isEditable} checked={cell?.isLocked ?? false} onChange={() => onChange({ cells: toggleLock(view.cells, place.courierId, place.day) })} /><span>{t('roster.lockHint')}</span></label>
        <fieldset class="field group" disabled={!isEditable}>
          <legend>{t('roster.wish')}</legend>
          <select aria-label={t('roster.wish')} value={wish?.kind ?? ''} onChange={(event) => change((event.currentTarget.value || null) as WishKind | null)}>
            <option value="">{t('roster.noWish')}</option>
            {WISHES.map((kind) => <option key={kind} value={kind}>{tx('rosterWish', kind)}</option>)}
          </select>
          {wish && (wish.kind === 'avoid' || wish.kind === 'want') && (
            <select aria-label={t('field.shift')} value={wish.shiftId ?? ''} onChange={(event) => change(wish.kind, event.currentTarget.value)}>{view.shifts.map((shift) => <option key={shift.id} value={shift.id}>{shift.name}</option>)}</select>
          )}
          {wish && wish.kind !== 'absent' && <label class="inline">{t('roster.weight')} <select value={wish.weight} onChange={(event) => change(wish.kind, wish.shiftId, Number(event.currentTarget.value))}>{[1, 2, 3, 5, 8, 10].map((weight) => <option key={weight} value={weight}>{weight}</option>)}</select></label>}
        </fieldset>
        <footer class="dialog-foot"><button class="button primary" onClick={onClose}>{t('action.close')}</button></footer>
      </div>
    </Dialog>
  );
}
