import { useEffect, useState } from 'preact/hooks';
import { api, ApiError, useSession, whenSignedOut } from './api/client';
import type { Me } from './api/contract';
import { closeLive, openLive } from './api/live';
import { goTo, me, url } from './app-state';
import { Frame } from './components/frame';
import { Empty, Loading, Problem } from './components/states';
import { Toasts } from './components/toasts';
import { t } from './i18n';
import { homeOf, pageOf } from './pages';
import { SignIn } from './pages/signin/sign-in';

export function App() {
  const [state, setState] = useState<'loading' | 'making' | 'ready' | ApiError>('loading');

  function enter(session: Me | null) {
    useSession(session);
    me.value = session;
    const home = session ? homeOf(session.role) : null;
    // The bare address is the board; who has none goes to what they have.
    if (home !== null && location.pathname === '/' && pageOf('board', session?.role ?? 'auditor') === null) goTo(home);
    if (session) openLive(session.name);
    else closeLive();
    setState('ready');
  }

  useEffect(() => {
    whenSignedOut(() => enter(null));
    let again = 0;
    const ask = () => void api.get<Me>('/api/session').then(enter, (error: unknown) => {
      if (error instanceof ApiError && error.problem.problems?.[0]?.rule === 'demo.making') {
        setState('making');
        again = window.setTimeout(ask, 400);
      } else if (error instanceof ApiError && error.problem.status !== 401) setState(error);
      else enter(null);
    });
    ask();
    return () => clearTimeout(again);
  }, []);

  if (state === 'loading' || state === 'making') return <Loading what={state === 'making' ? t('state.makingCity') : undefined} />;
  if (state instanceof ApiError) return <Problem error={state} onRetry={() => location.reload()} />;
  if (!me.value) return <SignIn onSignedIn={enter} />;

  const { role } = me.value;
  const Page = pageOf(url.value.page, role);
  return (
    <>
      <Frame onSignOut={() => enter(null)}>
        {Page ? <Page /> : homeOf(role) !== null ? <Empty icon="lock" title={t('page.noAccess')}>{t('page.noAccessHint')}</Empty> : <Empty icon="lock" title={t('page.noneForRole')}>{t('page.noneForRoleHint')}</Empty>}
      </Frame>
      <Toasts />
    </>
  );
}
