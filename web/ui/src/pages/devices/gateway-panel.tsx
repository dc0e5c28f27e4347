import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { DeviceSettings, GatewayHealth } from '../../api/devices-contract';
import { onLive, onReconnect } from '../../api/live';
import { me } from '../../app-state';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';

/** Health and counters of the gateway in this host, and the thresholds of the alarm rules. */
export function GatewayPanel() {
  const health = useData<GatewayHealth>('/api/devices/gateway');
  useEffect(() => onLive<GatewayHealth>('gateway', health.set), [health.set]);
  useEffect(() => onReconnect(health.reload), [health.reload]);
  if (health.error && !health.data) return <Problem error={health.error} onRetry={health.reload} />;
  if (!health.data) return <Loading />;
  const now = health.data;
  const count = (value: number) => value.toLocaleString('en-GB');
  const port = (value: number | null) => value ?? t('gateway.none');
  return (
    <div class="device-gateway">
      <section>
        <h2>{t('devices.gateway')}</h2>
        {now.notice && <p class="note">{now.notice}</p>}
        <dl class="facts">
          <div><dt>{t('gateway.health')}</dt><dd>{now.isHealthy ? <span class="ok-text">{t('gateway.ok')}</span> : <b class="bad-text">{t('gateway.failed')}</b>}</dd></div>
          <div><dt>{t('gateway.connections')}</dt><dd class="num">{count(now.connections)}</dd></div>
          <div><dt>{t('gateway.committed')}</dt><dd class="num">{count(now.committed)}</dd></div>
          <div><dt>{t('gateway.commits')}</dt><dd class="num">{now.eventsPerCommit === null || now.commitMilliseconds === null ? '–' : t('gateway.commitsValue', { n: now.eventsPerCommit, ms: now.commitMilliseconds })}</dd></div>
          <div><dt>{t('gateway.duplicates')}</dt><dd class="num">{count(now.duplicates)}</dd></div>
          <div><dt>{t('gateway.quarantined')}</dt><dd class="num">{count(now.quarantined)}</dd></div>
          <div><dt>{t('gateway.failures')}</dt><dd class="num">{count(now.storeFailures)}</dd></div>
          <div><dt>{t('gateway.position')}</dt><dd class="num">{count(now.lastPosition)}</dd></div>
          <div><dt>{t('gateway.lag')}</dt><dd class="num">{count(now.lag)}</dd></div>
          <div><dt>{t('gateway.mqtt')}</dt><dd class="num">{port(now.mqttPort)}</dd></div>
          <div><dt>{t('gateway.tls')}</dt><dd class="num">{port(now.mqttTlsPort)}</dd></div>
          <div><dt>{t('gateway.webSocket')}</dt><dd class="num">{location.origin.replace(/^http/, 'ws')}/mqtt</dd></div>
          <div><dt>{t('gateway.jt808')}</dt><dd class="num">{port(now.jt808Port)}</dd></div>
        </dl>
      </section>
      <Thresholds />
    </div>
  );
}

function Thresholds() {
  const stored = useData<DeviceSettings>('/api/devices/settings');
  const [form, setForm] = useState<DeviceSettings | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => { if (stored.data) setForm(stored.data); }, [stored.data]);
  if (stored.error && !stored.data) return <Problem error={stored.error} onRetry={stored.reload} />;
  if (!form) return <Loading />;
  const isAdmin = me.value?.role === 'administrator';
  const change = (part: Partial<DeviceSettings>) => setForm({ ...form, ...part });
  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try { await api.put('/api/devices/settings', form); toast.ok(t('threshold.saved')); } catch (problem) { setError(problem); }
  }
  return (
    <section>
      <h2>{t('devices.thresholds')}</h2>
      <form class="form narrow" onSubmit={(event) => void save(event)}>
        <fieldset disabled={!isAdmin} class="bare">
          <label class="field"><span>{t('threshold.offline')}<i class="unit"> (s)</i></span><input type="number" class="num" min={10} max={86400} required value={form.offlineSeconds} onInput={(event) => change({ offlineSeconds: Number(event.currentTarget.value) })} /></label>
          <label class="field"><span>{t('threshold.doorOpen')}<i class="unit"> (s)</i></span><input type="number" class="num" min={10} max={86400} required value={form.doorOpenSeconds} onInput={(event) => change({ doorOpenSeconds: Number(event.currentTarget.value) })} /></label>
          <label class="field"><span>{t('threshold.lowBattery')}<i class="unit"> (%)</i></span><input type="number" class="num" min={0} max={95} required value={Math.round(form.lowBattery * 100)} onInput={(event) => change({ lowBattery: Number(event.currentTarget.value) / 100 })} /></label>
          <label class="field"><span>{t('threshold.nearFull')}<i class="unit"> (%)</i></span><input type="number" class="num" min={0} max={95} required value={Math.round(form.nearFull * 100)} onInput={(event) => change({ nearFull: Number(event.currentTarget.value) / 100 })} /></label>
          <label class="field"><span>{t('threshold.prefixes')}</span><input value={form.companyPrefixes.join(' ')} onInput={(event) => change({ companyPrefixes: event.currentTarget.value.split(/[\s,]+/).filter((text) => text !== '') })} /></label>
          {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
          {isAdmin && <footer class="actions"><button class="button primary">{t('action.save')}</button></footer>}
        </fieldset>
      </form>
    </section>
  );
}
