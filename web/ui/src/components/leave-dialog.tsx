import { t } from '../i18n';
import { answerLeaving, awaitedStep } from '../unsaved';
import { Dialog } from './dialog';

/** Asks before what was typed in a form is lost. */
export function LeaveDialog() {
  if (awaitedStep.value === null) return null;
  return (
    <Dialog title={t('unsaved.title')} onClose={() => answerLeaving(false)}>
      <div class="form">
        <p>{t('unsaved.text')}</p>
        <footer class="dialog-foot">
          <button class="button danger" onClick={() => answerLeaving(true)}>{t('unsaved.leave')}</button>
          <button class="button primary" onClick={() => answerLeaving(false)}>{t('unsaved.stay')}</button>
        </footer>
      </div>
    </Dialog>
  );
}
