import { api } from '../../api/client';
import type { ChangePart, StopAnswer, UnservedAnswer, VehicleOffer } from '../../api/repair-contract';
import { problemTitle } from '../../components/states';
import { t, tx, type TextKey } from '../../i18n';
import { formatDistance, formatDuration, formatMoney, formatWeight } from '../../model/format';
import { useQuestion, type Question } from './use-question';

/** Why a parcel is left out, vehicle by vehicle, and the smallest change that would serve it. */
export function WhyLeftOut({ planId, parcelId }: { planId: string; parcelId: string }) {
  const question = useQuestion(`${planId}/${parcelId}`, (signal) => api.get<UnservedAnswer>(`/api/plans/${planId}/explain/parcels/${parcelId}`, signal));
  const { answer } = question;
  const cheapest = answer?.offers.find((offer) => offer.extraFen !== null);
  return (
    <section class="explain" aria-label={t('explain.ask')}>
      <Asking question={question} label={t('explain.ask')} />
      {answer && <>
        <p class="muted small">{t('explain.unservedPrice', { money: formatMoney(answer.unservedFen) })}</p>
        {cheapest
          ? <p class="ok-text">{t((cheapest.extraFen ?? 0) < answer.unservedFen ? 'explain.cheaper' : 'explain.dearer')}</p>
          : answer.change ? <><h3>{t('explain.change')}</h3><p class="note"><b>{answer.change.plate}</b> · {answer.change.parts.map(changeText).join(t('list.comma'))}</p></> : <p class="muted">{t('explain.noChange')}</p>}
        <OfferTable offers={answer.offers} elsewhere={answer.elsewhere} />
      </>}
    </section>
  );
}

/** What a stop costs on its route, and why this vehicle makes it. */
export function WhyThisVehicle({ planId, routeNo, stopNo }: { planId: string; routeNo: number; stopNo: number }) {
  const question = useQuestion(`${planId}/${routeNo}.${stopNo}`, (signal) => api.get<StopAnswer>(`/api/plans/${planId}/explain/stops/${routeNo}/${stopNo}`, signal));
  const { answer } = question;
  const best = answer?.offers.find((offer) => offer.extraFen !== null);
  const more = answer && best ? (best.extraFen ?? 0) - answer.marginalFen : 0;
  return (
    <section class="explain" aria-label={t('explain.stopAsk')}>
      <Asking question={question} label={t('explain.stopAsk')} />
      {answer && <>
        <p><b class="num">{t('explain.stopCosts', { money: formatMoney(answer.marginalFen), distance: formatDistance(answer.marginalMetres), duration: formatDuration(answer.marginalSeconds) })}</b></p>
        <p class={more < 0 ? 'warn-text' : 'ok-text'}>{!best ? t('explain.stopOnly') : more < 0 ? t('explain.stopOther', { plate: best.plate, less: formatMoney(-more) }) : t('explain.stopBest', { more: formatMoney(more) })}</p>
        <h3>{t('explain.othersTitle')}</h3>
        <OfferTable offers={answer.offers} elsewhere={answer.elsewhere} />
      </>}
    </section>
  );
}

/** The button of a question, and what is seen while it is worked out. */
export function Asking<T>({ question, label }: { question: Question<T>; label: string }) {
  return (
    <>
      {question.isAsking
        ? <p class="inline" role="status"><span class="spinner small" aria-hidden="true" /> {t('explain.asking')} <button class="button small" onClick={question.cancel}>{t('action.cancel')}</button></p>
        : !question.answer && <p><button class="button small" onClick={question.ask}>{label}</button></p>}
      {question.error !== null && <p class="form-error" role="alert">{problemTitle(question.error)}</p>}
    </>
  );
}

function OfferTable({ offers, elsewhere }: { offers: VehicleOffer[]; elsewhere: number }) {
  return (
    <>
      <table class="plain">
        <thead><tr><th>{t('field.vehicle')}</th><th title={t('explain.rulesHint')}>{t('field.reason')}</th><th class="right">{t('explain.extra')}</th></tr></thead>
        <tbody>
          {offers.map((offer) => (
            <tr key={offer.plate}>
              <td>{offer.plate}</td>
              <td>{offer.extraFen !== null ? <span class="ok-text">{t('explain.possible')}{offer.option && <small class="muted"> {offer.option}</small>}</span> : offer.rules.length > 0 ? offer.rules.map((rule) => tx('planRule', rule)).join(t('list.comma')) : t('explain.noRoad')}</td>
              <td class="right num">{offer.extraFen !== null ? formatMoney(offer.extraFen) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {elsewhere > 0 && <p class="muted small">{t('explain.elsewhere', { n: elsewhere })}</p>}
    </>
  );
}

function changeText(part: ChangePart): string {
  const amount = ['shiftLonger', 'windowLater', 'releaseEarlier', 'hubOpen'].includes(part.kind) ? formatDuration(part.amount)
    : part.kind === 'capacityGrams' ? formatWeight(part.amount)
    : part.kind === 'capacityMillilitres' ? `${(part.amount / 1_000_000).toFixed(2)} m³`
    : part.kind === 'moreDistance' ? formatDistance(part.amount)
    : part.kind === 'priority' ? formatMoney(part.amount) : String(part.amount);
  return t(`change.${part.kind}` as TextKey, { subject: part.subject, amount });
}
