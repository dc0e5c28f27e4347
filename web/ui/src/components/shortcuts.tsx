import { me } from '../app-state';
import { t } from '../i18n';
import { PAGES } from '../pages';
import { Dialog } from './dialog';

/** The keyboard map on `?`. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const rows: [string, string][] = [
    ['/', t('keys.search')],
    ...PAGES.filter((entry) => entry.isOnRail && entry.roles.includes(me.value?.role ?? 'auditor')).map((entry): [string, string] => [entry.key, t(entry.label)]),
    ['↑ ↓', t('keys.walk')],
    ['Enter', t('keys.open')],
    ['Esc', t('keys.clear')],
    ['Shift+↑↓, Ctrl+C', t('keys.copy')],
    ['Alt+← →', t('keys.moveStop')],
    ['+ −', t('keys.zoomTime')],
    ['?', t('frame.keys')],
  ];
  return (
    <Dialog title={t('frame.keys')} onClose={onClose}>
      <dl class="keys">
        {rows.map(([key, text]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{text}</dd></div>
        ))}
      </dl>
    </Dialog>
  );
}
