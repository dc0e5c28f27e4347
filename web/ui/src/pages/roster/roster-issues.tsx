import { useState } from 'preact/hooks';
import type { BrokenWish, RosterView } from '../../api/roster-contract';
import { Tabs } from '../../components/tabs';
import { t, tx } from '../../i18n';
import { clockOf, type Place } from '../../model/roster';

/** What the draft could not grant and which rules it breaks; a line leads to its cell. */
export function RosterIssues({ view, onSelect }: { view: RosterView; onSelect: (place: Place) => void }) {
  const grave = view.broken.filter((item) => item.kind === 'lock' || item.kind === 'shortage');
  const wishes = view.broken.filter((item) => item.kind === 'wish');
  const hours = view.broken.filter((item) => item.kind === 'underContract' || item.kind === 'overContract');
  const [tab, setTab] = useState<'broken' | 'faults'>('broken');
  const goTo = (courierId: string | null, day: number | null) => { if (courierId) onSelect({ courierId, day: day ?? 0 }); };
  const group = (title: string, items: BrokenWish[]) => items.length > 0 && (
    <section>
      <h2>{title} <span class="muted num">{items.length}</span></h2>
      <ul class="roster-issues">
        {items.map((item, index) => (
          <li key={index}><button class={`issue ${item.kind}`} disabled={item.courierId === null} title={item.text} onClick={() => goTo(item.courierId, item.day)}>{words(view, item)}</button></li>
        ))}
      </ul>
    </section>
  );
  return (
    <aside class="roster-side" aria-label={t('roster.issues')}>
      <Tabs<'broken' | 'faults'> label={t('roster.issues')} value={tab} onChange={setTab} tabs={[
        { id: 'broken', label: t('roster.broken'), count: view.broken.length },
        { id: 'faults', label: t('roster.faults'), count: view.faults.length },
      ]} />
      <div class="roster-side-body">
        {tab === 'broken' && (view.broken.length === 0 ? <p class="ok-text">{t('roster.allGranted')}</p> : <>{group(t('roster.group.demand'), grave)}{group(t('roster.group.wishes'), wishes)}{group(t('roster.group.hours'), hours)}</>)}
        {tab === 'faults' && (view.faults.length === 0 ? <p class="ok-text">{t('roster.noFaults')}</p> : (
          <ul class="roster-issues">
            {view.faults.map((fault, index) => <li key={index}><button class="issue lock" title={fault.text} onClick={() => goTo(fault.courierId, fault.day)}>{nameOf(view, fault.courierId)}{fault.day === null ? '' : ` · ${tx('weekday', String(fault.day + 1))}`} · {tx('rosterFault', fault.kind)}</button></li>)}
          </ul>
        ))}
      </div>
    </aside>
  );
}

function nameOf(view: RosterView, courierId: string | null): string {
  return view.couriers.find((courier) => courier.id === courierId)?.name ?? '';
}

/** Whose couriers are missing: those of a hub, those with a skill, or anybody. */
function qualified(view: RosterView, item: BrokenWish): string {
  const parts = [item.hubId ? view.couriers.find((courier) => courier.hubId === item.hubId)?.hub ?? item.hubId : '', item.skill ? tx('skill', item.skill) : ''].filter((part) => part !== '');
  return parts.length > 0 ? t('roster.qualified', { what: parts.join(' · ') }) : '';
}

function words(view: RosterView, item: BrokenWish): string {
  const who = nameOf(view, item.courierId), day = item.day === null ? '' : tx('weekday', String(item.day + 1));
  const shift = view.shifts.find((candidate) => candidate.id === item.shiftId)?.name ?? '';
  switch (item.kind) {
    case 'shortage': return t('roster.words.shortage', { day, from: clockOf(item.startMinute ?? 0), until: clockOf(item.endMinute ?? 0), n: item.amount, needed: item.needed ?? 0, who: qualified(view, item) });
    case 'lock': return t('roster.words.lock', { who, day });
    case 'underContract': return t('roster.words.under', { who, hours: (item.amount / 60).toFixed(1) });
    case 'overContract': return t('roster.words.over', { who, hours: (item.amount / 60).toFixed(1) });
    default: return t('roster.words.wish', { who, day, wish: `${tx('rosterWish', item.wishKind ?? 'dayOff')}${shift ? ` ${shift}` : ''}` });
  }
}
