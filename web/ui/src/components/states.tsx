import type { ComponentChildren } from 'preact';
import { ApiError } from '../api/client';
import { t } from '../i18n';
import { Icon, type IconName } from './icon';
import { problemInWords } from './problem-words';

/** The designed in-between states: loading, empty, error, offline. */
export function Loading({ what }: { what?: string }) {
  return (
    <div class="state" role="status">
      <span class="spinner" aria-hidden="true" />
      <p>{what ?? t('state.loading')}</p>
    </div>
  );
}

export function Empty({ icon = 'board', title, children }: { icon?: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <span class="state-icon"><Icon name={icon} size={28} /></span>
      <p class="state-title">{title}</p>
      {children && <div class="state-text">{children}</div>}
    </div>
  );
}

export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div class="state" role="alert">
      <span class="state-icon bad"><Icon name="warn" size={28} /></span>
      <p class="state-title">{problemTitle(error)}</p>
      <ProblemList error={error} />
      {onRetry && <button class="button" onClick={onRetry}>{t('action.retry')}</button>}
    </div>
  );
}

export function problemTitle(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : t('error.unknown');
  const { problem } = error;
  if (problem.status === 0) return t('error.offline');
  if (problem.status === 403) return t('error.forbidden');
  // What is wrong with several fields is listed below.
  const only = problem.problems?.length === 1 ? problem.problems[0] : undefined;
  return only ? problemInWords(only) : problem.detail ?? problem.title;
}

/** Everything the host found wrong, one line each: field, value, rule. A single fault is told by the title. */
export function ProblemList({ error }: { error: unknown }) {
  const problems = error instanceof ApiError ? error.problem.problems ?? [] : [];
  if (problems.length === 0 || (problems.length === 1 && (problems[0]?.row ?? null) === null)) return null;
  return (
    <ul class="problems">
      {problems.slice(0, 50).map((problem, index) => (
        <li key={index}>
          {problem.row !== undefined && problem.row !== null && <b>#{problem.row} </b>}
          <code>{problem.field}</code> <span title={problem.message}>{problemInWords(problem)}</span>
        </li>
      ))}
      {problems.length > 50 && <li>{t('error.more', { n: problems.length - 50 })}</li>}
    </ul>
  );
}
