import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { isLive } from '../api/live';
import { day, goTo, language, me, setUrl, theme, url } from '../app-state';
import { t, tx } from '../i18n';
import { addDays } from '../model/format';
import { PAGES } from '../pages';
import { DayField } from './day-field';
import { Icon } from './icon';
import { SearchBox } from './search-box';
import { Shortcuts } from './shortcuts';

/** The slim rail, the bar with day, area and search, and the page between them. */
export function Frame({ children, onSignOut }: { children: ComponentChildren; onSignOut: () => void }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const session = me.value;
  const role = session?.role ?? 'auditor';
  const pages = PAGES.filter((entry) => entry.roles.includes(role) && entry.isOnRail);

  const title = t(PAGES.find((entry) => entry.name === url.value.page)?.label ?? 'page.board');
  useEffect(() => { document.title = `${title} · ${t('frame.product')}`; }, [title]);

  // As soon as the rail is drawn its keys work: an effect would come a frame later.
  useLayoutEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      // A digit that a calendar's cell has taken for a shift is no page.
      if (event.defaultPrevented || target.closest('input, textarea, select, dialog, [contenteditable]') || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') setHelpOpen(true);
      const entry = pages.find((candidate) => candidate.key === event.key);
      if (entry) goTo(entry.name);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [role]);

  return (
    <div class={pages.length > 0 ? 'frame' : 'frame no-rail'}>
      <a class="skip" href="#main">{t('frame.skip')}</a>
      <nav class="rail" aria-label={t('frame.pages')}>
        <span class="rail-mark" aria-hidden="true"><img src="/favicon.svg" width="26" height="26" alt="" /></span>
        {pages.map((entry) => (
          <a key={entry.name} href={`/${entry.name}`} class={url.value.page === entry.name ? 'rail-item on' : 'rail-item'} aria-current={url.value.page === entry.name ? 'page' : undefined} onClick={(event) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); goTo(entry.name); }}>
            <Icon name={entry.icon} size={20} />
            <span class="rail-label">{t(entry.label)}</span>
          </a>
        ))}
        <span class="grow" />
        <button class="rail-item" onClick={() => setHelpOpen(true)}>
          <Icon name="keyboard" size={20} />
          <span class="rail-label">{t('frame.keys')}</span>
        </button>
      </nav>
      <header class="bar">
        <h1 class="visually-hidden">{title}</h1>
        <b class="bar-area">{session?.area.name}</b>
        <span class="bar-day">
          <button class="icon-button" aria-label={t('frame.dayBefore')} onClick={() => setUrl({ day: addDays(day.value, -1), v: '' }, true)}>‹</button>
          <DayField label={t('frame.day')} value={day.value} onChange={(next) => setUrl({ day: next, v: '' }, true)} />
          <button class="icon-button" aria-label={t('frame.dayAfter')} onClick={() => setUrl({ day: addDays(day.value, 1), v: '' }, true)}>›</button>
          {session && day.value !== session.today && <button class="button small" onClick={() => setUrl({ day: session.today, v: '' }, true)}>{t('frame.today')}</button>}
        </span>
        {role !== 'courier' && <SearchBox />}
        <span class="grow" />
        {!isLive.value && <span class="badge warn" title={t('frame.offlineHint')}>{t('frame.offline')}</span>}
        {session?.demoCity && <span class="badge bar-demo">{t('frame.demo')}</span>}
        <button class="button quiet" aria-label={`${language.value === 'zh' ? 'EN' : '中'} ${t('frame.language')}`} onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}>{language.value === 'zh' ? 'EN' : '中'}</button>
        <button class="icon-button" title={t(`theme.${theme.value}`)} aria-label={t(`theme.${theme.value}`)} onClick={() => (theme.value = theme.value === 'system' ? 'light' : theme.value === 'light' ? 'dark' : 'system')}>
          {theme.value === 'system' ? <span class="theme-auto">A</span> : <Icon name={theme.value === 'light' ? 'sun' : 'moon'} />}
        </button>
        <span class="bar-user" title={`${session?.displayName ?? ''} · ${tx('role', role)}`}><Icon name="user" size={16} /> {session?.displayName} <span class="muted bar-role">{tx('role', role)}</span></span>
        <button class="button quiet sign-out" title={t('frame.signOut')} aria-label={t('frame.signOut')} onClick={onSignOut}><Icon name="exit" size={16} /> <span>{t('frame.signOut')}</span></button>
      </header>
      <main id="main" class="main">{children}</main>
      {isHelpOpen && <Shortcuts onClose={() => setHelpOpen(false)} />}
    </div>
  );
}
