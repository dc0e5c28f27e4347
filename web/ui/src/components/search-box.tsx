import { useEffect, useRef, useState } from 'preact/hooks';
import { api, query } from '../api/client';
import type { SearchHit } from '../api/contract';
import { goTo } from '../app-state';
import { t, tx } from '../i18n';
import { Icon, type IconName } from './icon';

const ICONS: Record<SearchHit['kind'], IconName> = { parcel: 'intake', terminal: 'devices', vehicle: 'truck', courier: 'user', partner: 'roster' };

/** Search over waybill, EPC, phone tail, plate, terminal; `/` focuses it. */
export function SearchBox() {
  const [text, setText] = useState('');
  const [hits, setHits] = useState<SearchHit[] | null>(null);
  const [cursor, setCursor] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== '/' || (event.target as HTMLElement).closest('input, textarea, select, dialog')) return;
      event.preventDefault();
      input.current?.focus();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    if (text.trim().length < 2) {
      setHits(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.get<SearchHit[]>(`/api/search${query({ q: text.trim() })}`, abort.signal).then((found) => { setHits(found); setCursor(0); }, () => undefined);
    }, 150);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [text]);

  function open(hit: SearchHit) {
    setHits(null);
    setText('');
    input.current?.blur();
    if (hit.kind === 'parcel') goTo('intake', { tab: 'orders', sel: hit.id, q: hit.title });
    else goTo('network', { tab: hit.kind === 'partner' ? 'partners' : `${hit.kind}s`, sel: hit.id });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') { setHits(null); input.current?.blur(); }
    if (!hits) return;
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
      <input ref={input} type="search" aria-controls="search-hits" autocomplete="off" aria-label={t('search.label')} placeholder={t('search.placeholder')} value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} onBlur={() => setTimeout(() => setHits(null), 150)} />
      <kbd>/</kbd>
      {hits && (
        <ul id="search-hits" class="search-hits" role="listbox">
          {hits.length === 0 && <li class="muted">{t('search.none')}</li>}
          {hits.map((hit, index) => (
            <li key={hit.id} role="option" aria-selected={index === cursor} class={index === cursor ? 'on' : ''} onMouseDown={() => open(hit)}>
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
