import type { EditPrice, PlanEdit, PlanView } from '../../api/contract';
import { Dialog } from '../../components/dialog';
import { Loading } from '../../components/states';
import { t, tx } from '../../i18n';
import { formatDistance, formatDuration, formatMoney, signed } from '../../model/format';
import { brokenInWords } from './broken-rules';
import { Takers } from './takers';

/** The price of an edit before it is made: "+3.1 km, +6 min, breaks window of 1 parcel". */
export function EditPreview({ edits, price, plan, onPropose, onAccept, onClose }: { edits: PlanEdit[]; price: EditPrice | null; plan: PlanView; onPropose: (edits: PlanEdit[]) => void; onAccept: () => void; onClose: () => void }) {
  const move = edits.length === 1 && edits[0]?.kind === 'moveStop' ? edits[0] : null;
  return (
    <Dialog title={t('edit.title')} onClose={onClose}>
      <ul class="edit-list">{edits.map((edit, index) => <li key={index}>{tx('editKind', edit.kind)}{describeEdit(edit, plan)}</li>)}</ul>
      {!price ? <Loading what={t('edit.pricing')} /> : <>
        <div class="edit-price num">
          <span class={price.distanceMetres > 0 ? 'bad-text' : 'ok-text'}>{signed(price.distanceMetres, formatDistance)}</span>
          <span class={price.durationSeconds > 0 ? 'bad-text' : 'ok-text'}>{signed(price.durationSeconds, formatDuration)}</span>
          <span class={price.costFen > 0 ? 'bad-text' : 'ok-text'}>{signed(price.costFen, formatMoney)}</span>
          {price.parcels !== 0 && <span class={price.parcels < 0 ? 'bad-text' : 'ok-text'}>{t('edit.parcels', { n: signed(price.parcels, String) })}</span>}
          {price.brokenWindows > 0 && <span class="bad-text">{t('edit.windows', { n: price.brokenWindows })}</span>}
        </div>
        {price.violations.length > 0 && (
          <div class="form-error">
            <b>{t('edit.violations', { n: price.violations.length })}</b>
            <ul class="problems">{price.violations.slice(0, 20).map((violation, index) => <li key={index} title={violation.text}>{brokenInWords(violation)}</li>)}</ul>
          </div>
        )}
        {price.violations.length > 0 && move && <Takers planId={plan.summary.id} routeNo={move.fromRoute} stopNo={move.stopNo} onPropose={onPropose} />}
        {price.violations.length === 0 && <p class="ok-text">{t('edit.legal')}</p>}
      </>}
      <footer class="dialog-foot">
        <button class="button" onClick={onClose}>{t('action.cancel')}</button>
        <button class="button primary" disabled={!price?.isLegal} onClick={onAccept}>{t('edit.accept')}</button>
      </footer>
    </Dialog>
  );
}

function describeEdit(edit: PlanEdit, plan: PlanView | null): string {
  const plate = (routeNo: number) => plan?.routes.find((route) => route.routeNo === routeNo)?.plate ?? `#${routeNo}`;
  switch (edit.kind) {
    case 'moveStop': return ` ${plate(edit.fromRoute)} #${edit.stopNo} → ${plate(edit.toRoute)} #${edit.position}`;
    case 'moveParcels': return ` ${t('plan.parcelsN', { n: edit.parcelIds.length })} → ${plate(edit.toRoute)}`;
    case 'reverse': case 'lockRoute': case 'unlockRoute': return ` ${plate(edit.routeNo)}`;
    case 'unassign': case 'lockParcels': case 'unlockParcels': case 'forbid': return ` ${t('plan.parcelsN', { n: edit.parcelIds.length })}`;
    default: return '';
  }
}
