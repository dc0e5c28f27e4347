import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Me, SignIn as SignInBody } from '../../api/contract';
import { language } from '../../app-state';
import { problemTitle } from '../../components/states';
import { t } from '../../i18n';

export function SignIn({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [form, setForm] = useState<SignInBody>({ name: '', password: '' });
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: Event) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onSignedIn(await api.post<Me>('/api/session', form));
    } catch (problem) {
      setError(problemTitle(problem));
      setBusy(false);
    }
  }

  return (
    <main class="signin">
      <form class="signin-card form" onSubmit={(event) => void submit(event)}>
        <header>
          <img src="/favicon.svg" width="40" height="40" alt="" />
          <div><h1>{t('signin.title')}</h1><p class="muted">{t('signin.subtitle')}</p></div>
        </header>
        <label class="field"><span>{t('signin.name')}</span><input autocomplete="username" required autofocus value={form.name} onInput={(event) => setForm({ ...form, name: event.currentTarget.value })} /></label>
        <label class="field"><span>{t('signin.password')}</span><input type="password" autocomplete="current-password" required value={form.password} onInput={(event) => setForm({ ...form, password: event.currentTarget.value })} /></label>
        {error && <p class="form-error" role="alert">{error}</p>}
        <button class="button primary wide" disabled={isBusy}>{isBusy ? t('state.loading') : t('signin.enter')}</button>
        <p class="muted small">{t('signin.hint')}</p>
        <button type="button" class="button quiet" onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}>{language.value === 'zh' ? 'English' : '中文'}</button>
      </form>
    </main>
  );
}
