import type { Me, Problem } from './contract';

/** A refused request: the host's RFC 9457 body, or one made here when the host could not be reached. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

let csrfToken = '';
let onSignedOut: () => void = () => undefined;

export function useSession(me: Me | null): void {
  csrfToken = me?.csrfToken ?? '';
}

/** Called once whenever the host answers 401 to anything but the sign-in itself. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function send(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-TOKEN'] = csrfToken;
  let payload: BodyInit | undefined;
  if (body instanceof FormData) payload = body;
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    payload = JSON.stringify(body);
  }

  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: payload, signal, credentials: 'same-origin' });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ title: 'offline', status: 0 });
  }

  if (response.ok) return response;
  if (response.status === 401 && !path.startsWith('/api/session')) onSignedOut();
  throw new ApiError(await readProblem(response));
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const parsed = (await response.json()) as Partial<Problem>;
    return { ...parsed, title: parsed.title ?? response.statusText, status: response.status };
  } catch {
    return { title: response.statusText || `HTTP ${response.status}`, status: response.status };
  }
}

async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal),
  post: <T>(path: string, body?: unknown, signal?: AbortSignal) => call<T>('POST', path, body, signal),
  put: <T>(path: string, body?: unknown) => call<T>('PUT', path, body),
  delete: <T>(path: string, body?: unknown) => call<T>('DELETE', path, body),
};

/** Query text from the defined values; `undefined`, `null` and '' are left out. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined && value !== null && value !== '') parts.set(key, String(value));
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}
