import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { CommandDraft, CommandKind, CommandNews, DeviceCommand } from '../../api/commands-contract';
import { onLive, onReconnect } from '../../api/live';
import { zone } from '../../app-state';
import { Confirm, Dialog } from '../../components/dialog';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatInstant } from '../../model/format';
import { commandKinds, isOpenEnded, needsArguments, needsCompartment, stateTone } from './command-model';

interface Props {
  device: string;
  deviceName: string;
  kind: 'locker' | 'handheld' | 'vehicle';
  /** Labels of the locker's compartments; empty for other devices. */
  compartments: readonly string[];
  /** Chosen in the drawing of the cabinet; fills the form. */
  selectedCompartment?: string | null;
  canSteer: boolean;
}

/** Gives commands to one device, after a confirmation that names it, and follows what becomes of them. */
export function CommandConsole({ device, deviceName, kind, compartments, selectedCompartment, canSteer }: Props) {
  const path = `/api/devices/${encodeURIComponent(device)}/commands`;
  const commands = useData<DeviceCommand[]>(path);
  const [form, setForm] = useState<{ kind: CommandKind; compartment: string; reason: string; argumentsText: string }>({ kind: kind === 'locker' ? 'open' : 'time', compartment: '', reason: '', argumentsText: '' });
  const [asking, setAsking] = useState<CommandDraft | null>(null);
  const [withdrawing, setWithdrawing] = useState<DeviceCommand | null>(null);
  const [error, setError] = useState<unknown>(null);

  const change = (part: Partial<typeof form>) => setForm((old) => ({ ...old, ...part }));
  useEffect(() => { if (selectedCompartment) change({ compartment: selectedCompartment }); }, [selectedCompartment]);

  useEffect(() => onLive<CommandNews>('command', (news) => { if (news.device === device) commands.reload(); }), [device, commands.reload]);
  useEffect(() => onReconnect(commands.reload), [commands.reload]);

  function ask(event: Event) {
    event.preventDefault();
    setError(null);
    let extra: unknown = null;
    if (needsArguments(form.kind)) {
      try { extra = JSON.parse(form.argumentsText); } catch { setError(new Error(t('command.argumentsBad'))); return; }
    }
    setAsking({ kind: form.kind, compartment: needsCompartment(form.kind) ? form.compartment : null, arguments: extra, reason: form.reason, lifeSeconds: null });
  }

  async function give(draft: CommandDraft) {
    setAsking(null);
    try {
      await api.post<DeviceCommand>(path, draft);
      change({ reason: '' });
      commands.reload();
    } catch (problem) { setError(problem); }
  }

  async function withdraw(command: DeviceCommand, reason: string) {
    setWithdrawing(null);
    try { await api.delete(`/api/commands/${command.id}`, { reason }); } catch (problem) { toast.problem(problem); }
    commands.reload();
  }

  return (
    <section class="console" aria-label={t('command.title')}>
      {canSteer && (
        <form class="form" onSubmit={ask}>
          <div class="inline">
            <label class="field"><span>{t('command.kind')}</span>
              <select value={form.kind} onChange={(event) => change({ kind: event.currentTarget.value as CommandKind })}>
                {commandKinds(kind).map((name) => <option key={name} value={name}>{tx('commandKind', name)}</option>)}
              </select>
            </label>
            {needsCompartment(form.kind) && (
              <label class="field"><span>{t('command.compartment')}</span>
                <select required value={form.compartment} onChange={(event) => change({ compartment: event.currentTarget.value })}>
                  <option value="" />
                  {compartments.map((label) => <option key={label} value={label}>{label}</option>)}
                </select>
              </label>
            )}
          </div>
          {needsArguments(form.kind) && (
            <label class="field"><span>{t('command.arguments')}</span>
              <textarea class="json" required rows={3} value={form.argumentsText} placeholder={tx('commandExample', form.kind)} onInput={(event) => change({ argumentsText: event.currentTarget.value })} />
            </label>
          )}
          <label class="field"><span>{t('field.reason')}</span><input required maxLength={500} value={form.reason} onInput={(event) => change({ reason: event.currentTarget.value })} /></label>
          {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
          <footer class="dialog-foot"><button class="button primary">{t('command.give')}</button></footer>
        </form>
      )}
      <CommandList commands={commands.data} error={commands.error} onRetry={commands.reload} onWithdraw={canSteer ? setWithdrawing : null} />
      {asking && (
        <Dialog title={tx('commandKind', asking.kind)} onClose={() => setAsking(null)}>
          <div class="form">
            <p><b>{t(asking.compartment ? 'command.askCompartment' : 'command.askDevice', { command: tx('commandKind', asking.kind), device: deviceName, compartment: asking.compartment ?? '' })}</b></p>
            <p class="muted">{t('field.reason')}: {asking.reason}</p>
            {asking.kind === 'open' && <p class="muted">{t('command.askOpen')}</p>}
            <footer class="dialog-foot">
              <button class="button" onClick={() => setAsking(null)}>{t('action.cancel')}</button>
              <button class="button primary" onClick={() => void give(asking)}>{tx('commandKind', asking.kind)}{asking.compartment ? ` ${asking.compartment}` : ''}</button>
            </footer>
          </div>
        </Dialog>
      )}
      {withdrawing && (
        <Confirm title={t('command.withdraw')} text={t('command.withdrawAsk', { command: tx('commandKind', withdrawing.kind), device: deviceName, compartment: withdrawing.compartment ?? '' })}
          action={t('command.withdraw')} needsReason onConfirm={(reason) => void withdraw(withdrawing, reason)} onClose={() => setWithdrawing(null)} />
      )}
    </section>
  );
}

function CommandList({ commands, error, onRetry, onWithdraw }: { commands: DeviceCommand[] | null; error: unknown; onRetry: () => void; onWithdraw: ((command: DeviceCommand) => void) | null }) {
  if (error && !commands) return <Problem error={error} onRetry={onRetry} />;
  if (!commands) return <Loading />;
  if (commands.length === 0) return <p class="muted">{t('command.none')}</p>;
  return (
    <ul class="history" aria-live="polite">
      {commands.map((command) => (
        <li key={command.id}>
          <div class="inline">
            <b>{tx('commandKind', command.kind)}{command.compartment ? ` ${command.compartment}` : ''}</b>
            <span class={stateTone(command.state)}>{tx('commandState', command.state)}</span>
            {command.attempts > 1 && <span class="muted">{t('command.attempts', { n: command.attempts })}</span>}
            {onWithdraw && command.state === 'pending' && !command.mayHaveArrived && <button class="button small" onClick={() => onWithdraw(command)}>{t('command.withdraw')}</button>}
          </div>
          <div class="muted">{formatInstant(command.createdAt, zone.value)} · {command.actorName} · {command.reason}</div>
          {(command.detail ?? command.outcome) && <div>{command.outcome ? tx('commandOutcome', command.outcome) : ''}{command.detail ? ` – ${command.detail}` : ''}</div>}
          {isOpenEnded(command) && <div class="muted">{t('command.until', { time: formatInstant(command.notAfter, zone.value) })}</div>}
        </li>
      ))}
    </ul>
  );
}
