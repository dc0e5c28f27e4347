import { useEffect, useState } from 'preact/hooks';
import { canEdit, day, goTo, setUrl, url, zone } from '../../app-state';
import { Confirm } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Empty, Loading, Problem } from '../../components/states';
import { t } from '../../i18n';
import { addDays, formatInstant } from '../../model/format';
import { assign, findCell, hubsOf, mondayOf, moveDuty, toggleLock, type Place } from '../../model/roster';
import { CellEditor } from './cell-editor';
import { RosterGrid } from './roster-grid';
import { RosterIssues } from './roster-issues';
import { RosterSolvePanel } from './roster-solve';
import { SetupDialog } from './setup-dialog';
import { useRoster } from './use-roster';

const BUDGETS = [10, 30, 60, 180] as const;

/** The week's calendar: couriers by days, demand below, what could not be granted at the side. */
export function RosterPage() {
  const firstDay = mondayOf(day.value);
  const work = useRoster(firstDay);
  const [selected, setSelected] = useState<Place | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [dialog, setDialog] = useState<'publish' | 'setup' | null>(null);
  const [seconds, setSeconds] = useState(30);
  const { view } = work;
  const isEditable = canEdit.value && !work.isSolving;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.target as HTMLElement).closest('dialog, input, select, textarea')) return;
      if ((event.ctrlKey || event.metaKey) && event.key === 'z' && isEditable) { event.preventDefault(); work.undo(); }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  if (work.error && !view) return <Problem error={work.error} onRetry={work.reload} />;
  if (!view) return <Loading />;
  if (view.couriers.length === 0) {
    return <Empty icon="roster" title={t('roster.noCouriers')}><button class="button primary" onClick={() => goTo('network', { kind: 'couriers' })}>{t('roster.goNetwork')}</button></Empty>;
  }

  const duties = view.cells.filter((cell) => cell.shiftId !== null).length;
  const locks = view.cells.filter((cell) => cell.isLocked).length;
  const hubs = hubsOf(view);
  const hubId = hubs.find((hub) => hub.id === url.value.values['hub'])?.id ?? null;
  const week = `${firstDay} – ${addDays(firstDay, 6)}`;

  function onKey(place: Place, key: string): boolean {
    if (!view || !isEditable) return false;
    const shift = /^[1-9]$/.test(key) ? view.shifts[Number(key) - 1] : undefined;
    if (shift) work.change({ cells: assign(view, view.cells, place.courierId, place.day, shift.id) });
    else if (key === 'Delete' || key === 'Backspace') work.change({ cells: assign(view, view.cells, place.courierId, place.day, null) });
    else if (key === 'l' || key === 'L') work.change({ cells: toggleLock(view.cells, place.courierId, place.day) });
    else return false;
    return true;
  }

  return (
    <div class="roster-page">
      <header class="toolbar">
        <button class="icon-button" aria-label={t('roster.weekBefore')} onClick={() => setUrl({ day: addDays(firstDay, -7) }, true)}>‹</button>
        <b class="num">{week}</b>
        <button class="icon-button" aria-label={t('roster.weekAfter')} onClick={() => setUrl({ day: addDays(firstDay, 7) }, true)}>›</button>
        <span class="toolbar-facts"><b class="num">{duties}</b> {t('roster.duties')} · <b class="num">{locks}</b> {t('roster.locks')}</span>
        {view.publishedAt
          ? <span class={view.isChangedSincePublished ? 'chip warn' : 'chip ok'} title={`${view.publishedBy ?? ''} ${formatInstant(view.publishedAt, zone.value)}`}>{t(view.isChangedSincePublished ? 'roster.changedAfter' : 'roster.isPublished')}</span>
          : <span class="chip">{t('roster.isDraft')}</span>}
        {hubs.length > 1 && (
          <select class="roster-hub" aria-label={t('roster.hub')} value={hubId ?? ''} onChange={(event) => { setSelected(null); setUrl({ hub: event.currentTarget.value }); }}>
            <option value="">{t('roster.allHubs')}</option>
            {hubs.map((hub) => <option key={hub.id} value={hub.id}>{hub.name}</option>)}
          </select>
        )}
        {work.isSaving && <span class="muted">{t('roster.saving')}</span>}
        <span class="grow" />
        {canEdit.value && <>
          <button class="button" disabled={!work.canUndo || !isEditable} onClick={work.undo}>{t('roster.undo')}</button>
          <button class="button" disabled={!isEditable} onClick={() => setDialog('setup')}>{t('roster.setup')}</button>
        </>}
        <a class="button" href={`/api/rosters/${firstDay}/export.csv`} download=""><Icon name="download" size={14} /> CSV</a>
        {canEdit.value && <>
          <label class="inline"><span class="roster-budget">{t('solve.budget')}</span> <select aria-label={t('solve.budget')} value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>{BUDGETS.map((value) => <option key={value} value={value}>{value} s</option>)}</select></label>
          {work.isSolving
            ? <button class="button" onClick={() => void work.cancel()}><Icon name="stop" size={14} /> {t('solve.stop')}</button>
            : <button class={duties === 0 ? 'button primary' : 'button'} onClick={() => void work.solve(seconds)}><Icon name="play" size={14} /> {t(locks > 0 ? 'roster.solveAround' : 'solve.start')}</button>}
          <button class={duties > 0 ? 'button primary' : 'button'} disabled={duties === 0 || !isEditable} onClick={() => setDialog('publish')}>{t('plan.publish')}</button>
        </>}
      </header>
      {view.engineProblem && <div class="roster-note warn" role="status"><Icon name="warn" size={15} /> <span>{t('roster.noEngine')} <small>{view.engineProblem}</small></span></div>}
      <RosterSolvePanel view={view} job={work.job} />
      <div class="roster-body">
        <RosterGrid view={view} hubId={hubId} selected={selected} isEditable={isEditable}
          onSelect={setSelected} onOpen={(place) => { setSelected(place); setEditing(true); }} onKey={onKey}
          onMove={(from, to) => { work.change({ cells: moveDuty(view, view.cells, from, to) }); setSelected(to); }} />
        <RosterIssues view={view} onSelect={setSelected} />
      </div>
      {isEditing && selected && <CellEditor view={view} place={selected} cell={findCell(view.cells, selected.courierId, selected.day)} isEditable={isEditable} onChange={work.change} onClose={() => setEditing(false)} />}
      {dialog === 'publish' && <Confirm title={t('roster.publishTitle')} text={t('roster.publishAsk', { week, n: duties })} action={t('plan.publish')} needsReason onConfirm={(reason) => { setDialog(null); void work.publish(reason); }} onClose={() => setDialog(null)} />}
      {dialog === 'setup' && <SetupDialog skills={[...new Set(view.couriers.flatMap((courier) => courier.skills))].sort()} onSaved={() => { setDialog(null); work.reload(); }} onClose={() => setDialog(null)} />}
    </div>
  );
}
