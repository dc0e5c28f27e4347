import { me } from '../app-state';
import { t } from '../i18n';
import { PAGES } from '../pages';
import { Dialog } from './dialog';

/** The keyboard map on `?`. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const rows: [keys: string[], text: string][] = [
    [['/'], t('keys.search')],
    ...PAGES.filter((entry) => entry.isOnRail && entry.roles.includes(me.value?.role ?? 'auditor')).map((entry): [string[], string] => [[entry.key], t(entry.label)]),
    [['↑', '↓'], t('keys.walk')],
    [['Enter'], t('keys.open')],
    [['Esc'], t('keys.clear')],
    [['Shift+↑↓', 'Ctrl+C'], t('keys.copy')],
    [['Alt+←', 'Alt+→'], t('keys.moveStop')],
    [['+', '−'], t('keys.zoomTime')],
    [['?'], t('frame.keys')],
  ];
  return (
    <Dialog title={t('frame.keys')} onClose={onClose}>
      <dl class="keys">
        {rows.map(([keys, text]) => (
          <div key={text}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{text}</dd></div>
        ))}
      </dl>
    </Dialog>
  );
}
