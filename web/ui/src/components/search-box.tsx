import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, query } from '../api/client';
import type { SearchHit } from '../api/contract';
import { goTo } from '../app-state';
import { t, tx } from '../i18n';
import { Icon, type IconName } from './icon';

const ICONS: Record<SearchHit['kind'], IconName> = { parcel: 'intake', terminal: 'devices', vehicle: 'truck', courier: 'user', partner: 'roster' };

interface Answer { text: string; hits: SearchHit[] }

/** Search over waybill, EPC, phone tail, plate, terminal; `/` focuses it. Enter before the answer has come, as a wedge scanner does, opens the first hit when it comes. */
export function SearchBox() {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [cursor, setCursor] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const awaited = useRef<string | null>(null);
  const hits = answer?.hits ?? null;
  const asked = text.trim();

  useLayoutEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== '/' || (event.target as HTMLElement).closest('input, textarea, select, dialog')) return;
      event.preventDefault();
      input.current?.focus();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    if (asked.length < 2) {
      setAnswer(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.get<SearchHit[]>(`/api/search${query({ q: asked })}`, abort.signal).then((found) => {
        const first = found[0];
        if (first && awaited.current === asked) open(first);
        else { setAnswer({ text: asked, hits: found }); setCursor(0); }
      }, () => undefined);
    }, 150);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [asked]);

  function close() {
    awaited.current = null;
    setAnswer(null);
  }

  function open(hit: SearchHit) {
    close();
    setText('');
    input.current?.blur();
    if (hit.kind === 'parcel') goTo('intake', { tab: 'orders', sel: hit.id, q: hit.title });
    else goTo('network', { tab: hit.kind === 'partner' ? 'partners' : `${hit.kind}s`, sel: hit.id });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') { close(); input.current?.blur(); }
    if (event.key === 'Enter' && answer?.text !== asked) awaited.current = asked;
    if (!hits || answer?.text !== asked) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setCursor((old) => (old + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % Math.max(1, hits.length));
    }
    const hit = hits[cursor];
    if (event.key === 'Enter' && hit) open(hit);
  }

  return (
    <div class="search" role="search">
      <Icon name="search" size={15} />
      <input ref={input} type="search" role="combobox" list={undefined} aria-expanded={hits !== null && hits.length > 0} aria-controls={hits?.length ? 'search-hits' : undefined} aria-activedescendant={hits?.[cursor] ? `search-hit-${cursor}` : undefined} aria-autocomplete="list" autocomplete="off" aria-label={t('search.label')} placeholder={t('search.placeholder')} value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} onBlur={() => setTimeout(close, 150)} />
      <kbd>/</kbd>
      {hits?.length === 0 && <p class="search-hits muted" role="status">{t('search.none')}</p>}
      {hits && hits.length > 0 && (
        <ul id="search-hits" class="search-hits" role="listbox" aria-label={t('search.label')}>
          {hits.map((hit, index) => (
            <li key={hit.id} id={`search-hit-${index}`} role="option" aria-selected={index === cursor} class={index === cursor ? 'on' : ''} onMouseDown={() => open(hit)}>
              <Icon name={ICONS[hit.kind]} size={15} />
              <span><b>{hit.title}</b> <span class="muted">{hit.subtitle}</span></span>
              <span class="muted">{tx('kind', hit.kind)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
