import { useEffect, useState } from 'preact/hooks';
import { api, ApiError, useSession, whenSignedOut } from './api/client';
import type { Me } from './api/contract';
import { closeLive, openLive } from './api/live';
import { goTo, me, url } from './app-state';
import { Frame } from './components/frame';
import { LeaveDialog } from './components/leave-dialog';
import { Empty, Loading, Problem } from './components/states';
import { Toasts } from './components/toasts';
import { t } from './i18n';
import { keepSession, readKept } from './model/kept-day';
import { homeOf, pageOf } from './pages';
import { SignIn } from './pages/signin/sign-in';
import { leave } from './unsaved';

export function App() {
  const [state, setState] = useState<'loading' | 'making' | 'ready' | ApiError>('loading');

  /** @param isKept The host could not be asked: a courier goes on with what their device has kept. */
  function enter(session: Me | null, isKept = false) {
    if (!isKept) keepSession(localStorage, session, Date.now());
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
    const ask = () => void resume().then(enter, (error: unknown) => {
      const kept = isOffline(error) && localStorage.getItem(LEAVING) === null ? readKept(localStorage, Date.now()) : null;
      if (kept) {
        enter(kept.me, true);
        addEventListener('online', ask, { once: true });
        return;
      }
      if (error instanceof ApiError && error.problem.problems?.[0]?.rule === 'demo.making') {
        setState('making');
        again = window.setTimeout(ask, 400);
      } else if (error instanceof ApiError && error.problem.status !== 401) setState(error);
      else enter(null);
    });
    ask();
    return () => { clearTimeout(again); removeEventListener('online', ask); };
  }, []);

  async function signOut() {
    // Where there is no network the host cannot end the session; it is told before this device opens it again.
    await api.delete('/api/session').then(() => localStorage.removeItem(LEAVING), (error: unknown) => { if (isOffline(error)) localStorage.setItem(LEAVING, '1'); });
    enter(null);
  }

  if (state === 'loading' || state === 'making') return <Loading what={state === 'making' ? t('state.makingCity') : undefined} />;
  if (state instanceof ApiError) return <Problem error={state} onRetry={() => location.reload()} />;
  if (!me.value) return <SignIn onSignedIn={enter} />;

  const { role } = me.value;
  const Page = pageOf(url.value.page, role);
  return (
    <>
      <Frame onSignOut={() => leave(() => void signOut())}>
        {Page ? <Page /> : homeOf(role) !== null ? <Empty icon="lock" title={t('page.noAccess')}>{t('page.noAccessHint')}</Empty> : <Empty icon="lock" title={t('page.noneForRole')}>{t('page.noneForRoleHint')}</Empty>}
      </Frame>
      <Toasts />
      <LeaveDialog />
    </>
  );
}

const LEAVING = 'session.leaving';
const isOffline = (error: unknown) => error instanceof ApiError && error.problem.status === 0;

/** Who the host says is signed in, once it knows of a sign-out that it could not be told. */
async function resume(): Promise<Me | null> {
  const session = await api.get<Me>('/api/session');
  if (localStorage.getItem(LEAVING) === null) return session;
  useSession(session);
  await api.delete('/api/session');
  localStorage.removeItem(LEAVING);
  return null;
}
