import type { MyParcel, MyStop } from '../../api/my-route-contract';
import { zone } from '../../app-state';
import { t, tx } from '../../i18n';
import { formatClock, formatDuration, formatWeight } from '../../model/format';
import { boxesOf } from '../../model/my-route';

/** What a courier needs at a stop: where, when, how to get in, and each parcel with its box or its door. */
export function StopDetail({ stop }: { stop: MyStop }) {
  const clock = (instant: string) => formatClock(instant, zone.value);
  const lateSeconds = stop.windowUntil === null ? 0 : Math.round((Date.parse(stop.arrival) - Date.parse(stop.windowUntil)) / 1000);
  const boxes = boxesOf(stop);
  return (
    <div class="stop-detail">
      {stop.address && stop.kind !== 'door' && <p>{stop.address}</p>}
      {stop.accessNote && <p class="stop-access"><b>{t('myRoute.access')}</b> {stop.accessNote}</p>}
      <p class="muted num">
        {clock(stop.arrival)}–{clock(stop.departure)}
        {stop.windowUntil && stop.parcels.length > 0 && <> · {t('myRoute.by', { time: clock(stop.windowUntil) })}</>}
        {stop.opening && <> · {t('myRoute.opening', { hours: stop.opening })}</>}
      </p>
      {lateSeconds > 0 && <p class="bad-text">{t('myRoute.late', { late: formatDuration(lateSeconds) })}</p>}
      {boxes.length > 0 && <p class="stop-boxes num">{boxes.map((box) => <span key={box.size} class="badge">{box.size} × {box.count}</span>)}</p>}
      {stop.parcels.length > 0 && <ul class="stop-parcels">{stop.parcels.map((parcel) => <ParcelLine key={parcel.parcelId} parcel={parcel} />)}</ul>}
    </div>
  );
}

function ParcelLine({ parcel }: { parcel: MyParcel }) {
  return (
    <li>
      <span class="parcel-code num"><span class="muted">{parcel.waybill.slice(0, -4)}</span><b>{parcel.waybill.slice(-4)}</b></span>
      <span class="parcel-box num">{parcel.door ? t('myRoute.door', { door: parcel.door }) : parcel.compartment ? t('myRoute.compartment', { size: parcel.compartment }) : parcel.size}</span>
      <span class="parcel-who">
        {parcel.recipient} <span class="num">{t('myRoute.tail', { tail: parcel.phoneTail })}</span> <span class="muted num">{formatWeight(parcel.weightGrams)}</span>
        {parcel.flow === 'pickup' && <span class="badge warn">{t('myRoute.pickup')}</span>}
        {parcel.handling !== 'normal' && <span class="badge warn">{tx('handling', parcel.handling)}</span>}
      </span>
    </li>
  );
}
