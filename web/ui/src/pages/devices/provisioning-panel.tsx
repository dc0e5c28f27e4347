import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { DeviceClaim, DeviceCredential, DeviceSecret } from '../../api/commands-contract';
import { zone } from '../../app-state';
import { Confirm, Dialog } from '../../components/dialog';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatInstant } from '../../model/format';

type Asking = 'claim' | 'rotate' | 'revoke';

/** How a device proves who it is; codes and passwords are shown once. */
export function ProvisioningPanel({ device, deviceName, canAdminister }: { device: string; deviceName: string; canAdminister: boolean }) {
  const path = `/api/devices/${encodeURIComponent(device)}/credential`;
  const credential = useData<DeviceCredential>(path);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [fresh, setFresh] = useState<{ text: string; hint: string } | null>(null);
  const [certificates, setCertificates] = useState<{ text: string; reason: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (credential.error && !credential.data) return <Problem error={credential.error} onRetry={credential.reload} />;
  if (!credential.data) return <Loading />;
  const known = credential.data;

  async function act(what: Asking, reason: string) {
    setAsking(null);
    try {
      if (what === 'claim') {
        const claim = await api.post<DeviceClaim>(`${path}/claim`, { reason, lifeHours: null });
        setFresh({ text: claim.code, hint: t('provisioning.codeHint', { time: formatInstant(claim.expiresAt, zone.value) }) });
      } else if (what === 'rotate') {
        setFresh({ text: (await api.post<DeviceSecret>(`${path}/rotate`, { reason })).password, hint: t('provisioning.passwordHint') });
      } else {
        await api.post(`${path}/revoke`, { reason });
      }
    } catch (problem) { toast.problem(problem); }
    credential.reload();
  }

  async function saveCertificates(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      await api.put(`${path}/certificates`, { certificates: certificates?.text.split(/\s+/).filter((line) => line !== ''), reason: certificates?.reason });
      setCertificates(null);
      credential.reload();
    } catch (problem) { setError(problem); }
  }

  return (
    <section class="console" aria-label={t('provisioning.title')}>
      <dl class="facts">
        <div><dt>{t('field.state')}</dt><dd>{known.isRevoked ? <span class="bad-text">{t('provisioning.revoked')}</span> : known.version === 0 ? t('provisioning.unclaimed') : <span class="ok-text">{t('provisioning.active')}</span>}</dd></div>
        <div><dt>{t('provisioning.password')}</dt><dd>{known.hasPassword ? t('provisioning.version', { n: known.version }) : '–'}</dd></div>
        <div><dt>{t('provisioning.certificates')}</dt><dd>{known.certificates.length === 0 ? '–' : known.certificates.map((text) => <code key={text} title={text}>{text.slice(0, 16)}… </code>)}</dd></div>
        <div><dt>{t('provisioning.claim')}</dt><dd>{known.claimExpiresAt ? t('provisioning.claimOpen', { time: formatInstant(known.claimExpiresAt, zone.value) }) : '–'}</dd></div>
      </dl>
      {canAdminister && (
        <div class="inline">
          <button class="button small" onClick={() => setAsking('claim')}>{t('provisioning.offer')}</button>
          {known.version > 0 && <button class="button small" onClick={() => setAsking('rotate')}>{t('provisioning.rotate')}</button>}
          {known.version > 0 && <button class="button small" onClick={() => setCertificates({ text: known.certificates.join('\n'), reason: '' })}>{t('provisioning.setCertificates')}</button>}
          {known.version > 0 && !known.isRevoked && <button class="button small danger" onClick={() => setAsking('revoke')}>{t('provisioning.revoke')}</button>}
        </div>
      )}
      {asking && <Confirm title={t(`provisioning.${asking === 'claim' ? 'offer' : asking}`)} text={t(`provisioning.${asking}Ask`, { device: deviceName })} action={t(`provisioning.${asking === 'claim' ? 'offer' : asking}`)} needsReason onConfirm={(reason) => void act(asking, reason)} onClose={() => setAsking(null)} />}
      {fresh && (
        <Dialog title={deviceName} onClose={() => setFresh(null)}>
          <div class="form">
            <p>{fresh.hint}</p>
            <code class="secret">{fresh.text}</code>
            <footer class="dialog-foot">
              <button class="button" onClick={() => void navigator.clipboard.writeText(fresh.text)}>{t('action.copy')}</button>
              <button class="button primary" onClick={() => setFresh(null)}>{t('action.close')}</button>
            </footer>
          </div>
        </Dialog>
      )}
      {certificates && (
        <Dialog title={t('provisioning.setCertificates')} onClose={() => setCertificates(null)}>
          <form class="form" onSubmit={(event) => void saveCertificates(event)}>
            <label class="field"><span>{t('provisioning.fingerprints')}</span><textarea class="json" rows={4} value={certificates.text} onInput={(event) => setCertificates({ ...certificates, text: event.currentTarget.value })} /></label>
            <label class="field"><span>{t('field.reason')}</span><input required value={certificates.reason} onInput={(event) => setCertificates({ ...certificates, reason: event.currentTarget.value })} /></label>
            {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
            <footer class="dialog-foot"><button type="button" class="button" onClick={() => setCertificates(null)}>{t('action.cancel')}</button><button class="button primary">{t('action.save')}</button></footer>
          </form>
        </Dialog>
      )}
    </section>
  );
}
