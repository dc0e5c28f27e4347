import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './icon';

/** A modal on the platform's own dialog element: focus is trapped and Esc closes. */
export function Dialog({ title, onClose, children, isWide = false }: { title: string; onClose: () => void; children: ComponentChildren; isWide?: boolean }) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the next key can be pressed: what is typed after a question belongs to it.
  useLayoutEffect(() => { ref.current?.showModal(); }, []);
  return (
    <dialog ref={ref} class={isWide ? 'dialog wide' : 'dialog'} aria-label={title} onClose={onClose} onCancel={onClose}>
      <header class="dialog-head">
        <h2>{title}</h2>
        <button class="icon-button" aria-label={t('action.close')} onClick={onClose}><Icon name="close" /></button>
      </header>
      {children}
    </dialog>
  );
}

/** Asks before something destructive or physical, with the object named; optionally takes the reason for the audit log. */
export function Confirm({ title, text, action, needsReason, onConfirm, onClose }: { title: string; text: string; action: string; needsReason?: boolean; onConfirm: (reason: string) => void; onClose: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); onConfirm(reason); }}>
        <p>{text}</p>
        {needsReason && (
          <label class="field">
            <span>{t('field.reason')}</span>
            <input required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          </label>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>{t('action.cancel')}</button>
          <button type="submit" class="button primary">{action}</button>
        </footer>
      </form>
    </Dialog>
  );
}
