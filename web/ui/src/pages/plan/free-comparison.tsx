import { api } from '../../api/client';
import type { FreeRepair } from '../../api/repair-contract';
import { problemTitle } from '../../components/states';
import { t } from '../../i18n';
import { formatMoney } from '../../model/format';
import { useQuestion } from './use-question';

const SEARCH_SECONDS = 5;

/** What keeping most of the plan costs: a repair beside the rest of the day planned anew. Asked for, because it takes seconds. */
export function FreeComparison({ planId, proposalId }: { planId: string; proposalId: string }) {
  const question = useQuestion(proposalId, (signal) => api.get<FreeRepair>(`/api/plans/${planId}/repair/${proposalId}/free?seconds=${SEARCH_SECONDS}`, signal));
  const answer = question.answer;
  if (question.isAsking) return <p class="inline" role="status"><span class="spinner small" aria-hidden="true" /> {t('free.asking')} <button type="button" class="button small" onClick={question.cancel}>{t('action.cancel')}</button></p>;
  return (
    <div>
      {answer
        ? <p class="num"><b>{answer.extraFen > 0 ? t('free.extra', { money: formatMoney(answer.extraFen), moved: answer.moved }) : t('free.none', { s: answer.seconds })}</b>{answer.servedMore > 0 && <> {t('free.more', { n: answer.servedMore })}</>}</p>
        : <p><button type="button" class="button small" onClick={question.ask}>{t('free.ask', { s: SEARCH_SECONDS })}</button></p>}
      {question.error !== null && <p class="form-error" role="alert">{problemTitle(question.error)}</p>}
    </div>
  );
}
