import { api } from '../../api/client';
import type { PlanEdit, Takers as Answer } from '../../api/contract';
import { t } from '../../i18n';
import { formatDistance, formatDuration, formatMoney, signed } from '../../model/format';
import { Asking } from './explain';
import { useQuestion } from './use-question';

/** Which other vehicles could make a stop without breaking anything, and what each would cost; one click proposes the move. */
export function Takers({ planId, routeNo, stopNo, onPropose }: { planId: string; routeNo: number; stopNo: number; onPropose: (edits: PlanEdit[]) => void }) {
  const question = useQuestion(`${planId}/${routeNo}.${stopNo}`, (signal) => api.get<Answer>(`/api/plans/${planId}/takers/${routeNo}/${stopNo}`, signal));
  const { answer } = question;
  return (
    <section class="explain" aria-label={t('takers.ask')}>
      <Asking question={question} label={t('takers.ask')} />
      {answer && answer.takers.length === 0 && <p class="muted">{t('takers.none', { n: answer.tried })}</p>}
      {answer && answer.takers.length > 0 && <>
        <h3>{t('takers.title')}</h3>
        <ul class="takers">
          {answer.takers.map((taker) => (
            <li key={taker.routeNo}>
              <button class="button small" onClick={() => onPropose([{ kind: 'moveStop', fromRoute: routeNo, stopNo, toRoute: taker.routeNo, position: taker.position }])}>{taker.plate}</button>
              <span class="num">{signed(taker.costFen, formatMoney)} · {signed(taker.distanceMetres, formatDistance)} · {signed(taker.durationSeconds, formatDuration)}</span>
            </li>
          ))}
        </ul>
      </>}
    </section>
  );
}
